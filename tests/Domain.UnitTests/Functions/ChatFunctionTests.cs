using ChatPlatform.Domain.Functions;
using NUnit.Framework;

namespace ChatPlatform.Domain.UnitTests.Functions;

public sealed class ChatFunctionTests
{
    private static readonly DateTime Now = new(2026, 6, 15, 12, 0, 0, DateTimeKind.Utc);

    [Test]
    public void Only_the_first_version_enables_the_function()
    {
        var function = Function(FunctionTypes.SentMessage);
        Assert.That(function.SetEnabled(true).Error, Is.EqualTo(FunctionErrors.NothingToEnable));

        var first = function.Deploy("1", Now);
        function.SetEnabled(false);
        var second = function.Deploy("2", Now);

        Assert.That((first.Number, second.Number, function.CurrentVersionNumber, function.Enabled), Is.EqualTo((1, 2, 2, false)));
    }

    [TestCase(FunctionTypes.StartSession, false)]
    [TestCase(FunctionTypes.SendMessage, true)]
    public void Sessions_fail_closed_and_messages_fail_open_by_default(string type, bool open)
    {
        var function = Function(type);

        Assert.That((function.IsBlocking, function.FailsOpen), Is.EqualTo((true, open)));
        Assert.That(function.SetFailOpen(!open).IsSuccess);
        Assert.That(function.FailsOpen, Is.EqualTo(!open));
    }

    [Test]
    public void Non_blocking_function_cannot_fail_open() =>
        Assert.That(Function(FunctionTypes.SentMessage).SetFailOpen(true).Error, Is.EqualTo(FunctionErrors.NotBlocking));

    [Test]
    public void Only_the_last_installation_is_activated()
    {
        var runtime = ChatRuntime.Create(1);
        RuntimeDependency[] packages = [new("left-pad", "^1.3.0", "1.3.0", IsDefault: false)];
        runtime.BeginInstallation(7);
        runtime.BeginInstallation(8);

        Assert.That(runtime.Activate(7, packages, 7, "/7"), Is.False);
        Assert.That(runtime.Dependencies, Is.Empty);
        Assert.That(runtime.Activate(8, packages, 8, "/8"), Is.True);
        Assert.That((runtime.DependenciesFolder, runtime.DependenciesRevision, runtime.Revision), Is.EqualTo(("/8", 8L, 1L)));
        runtime.BeginInstallation(9);
        runtime.Activate(9, [], 9, null);
        Assert.That(
            (runtime.DependenciesFolder, runtime.DependenciesRevision, runtime.Revision), Is.EqualTo(((string?)null, (long?)null, 2L)));
    }

    [Test]
    public void Variables_are_replaced_as_a_whole()
    {
        var runtime = ChatRuntime.Create(1);
        runtime.ReplaceVariables(new Dictionary<string, byte[]> { ["A"] = [1], ["B"] = [2] });
        runtime.ReplaceVariables(new Dictionary<string, byte[]> { ["B"] = [3], ["C"] = [4] });

        Assert.That(
            runtime.Variables.Select(variable => (variable.Name, variable.Value[0])),
            Is.EquivalentTo(new[] { ("B", (byte)3), ("C", (byte)4) }));
        Assert.That(ChatRuntime.VersionOf(runtime.Revision), Is.EqualTo("v0.0.2"));
    }

    private static ChatFunction Function(string type) => ChatFunction.Create(ChatRuntime.Create(1), type, "f", null, Now);
}
