using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace ChatPlatform.Infrastructure.Postgres;

/// <summary>C library calls without a .NET equivalent.</summary>
[UnsupportedOSPlatform("windows")]
internal static class Libc
{
    private const int NoSuchProcess = 3;
    private const int CurrentFolder = -100;
    private const int NoFollow = 0x100;
    private const uint OwnerMask = 0x8;

    /// <summary>Sends a signal; no error if the process has ended.</summary>
    public static void Signal(int pid, int signal)
    {
        if (KillNative(pid, signal) != 0 && Marshal.GetLastPInvokeError() != NoSuchProcess)
        {
            throw new IOException($"Cannot signal process {pid}: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    /// <summary>Includes processes of other users and zombies.</summary>
    public static bool Exists(int pid) => KillNative(pid, 0) == 0 || Marshal.GetLastPInvokeError() != NoSuchProcess;

    public static uint EffectiveUser() => EffectiveUserNative();

    public static void ChangeOwner(string path, uint user, uint group)
    {
        if (ChangeOwnerNative(path, user, group) != 0)
        {
            throw new IOException($"Cannot change the owner of {path} to user {user}: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    /// <summary>The owner of a file, without following links; null if absent or not supported here.</summary>
    public static uint? OwnerOf(string path)
    {
        // statx has the same layout on every processor, but exists on Linux only.
        return OperatingSystem.IsLinux() && StatusNative(CurrentFolder, path, NoFollow, OwnerMask, out var status) == 0
            ? status.User
            : null;
    }

    public static Account? AccountOf(uint user) => Read(AccountByIdNative(user));

    public static Account? AccountOf(string name) => Read(AccountByNameNative(name));

    /// <summary>Reads the first fields of struct passwd, which are the same on Linux and macOS.</summary>
    private static Account? Read(nint entry) => entry == 0 || Marshal.PtrToStringUTF8(Marshal.ReadIntPtr(entry)) is not { } name
        ? null
        : new Account(name, (uint)Marshal.ReadInt32(entry, 2 * nint.Size), (uint)Marshal.ReadInt32(entry, (2 * nint.Size) + sizeof(uint)));

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int KillNative(int pid, int signal);

    [DllImport("libc", EntryPoint = "geteuid")]
    private static extern uint EffectiveUserNative();

    [DllImport("libc", EntryPoint = "lchown", SetLastError = true)]
    private static extern int ChangeOwnerNative([MarshalAs(UnmanagedType.LPUTF8Str)] string path, uint user, uint group);

    [DllImport("libc", EntryPoint = "getpwuid")]
    private static extern nint AccountByIdNative(uint user);

    [DllImport("libc", EntryPoint = "getpwnam")]
    private static extern nint AccountByNameNative([MarshalAs(UnmanagedType.LPUTF8Str)] string name);

    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    private static extern int StatusNative(
        int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, out FileStatus status);

    public sealed record Account(string Name, uint User, uint Group);

    /// <summary>struct statx: 256 bytes, the same on every processor.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct FileStatus
    {
        [FieldOffset(20)]
        public uint User;
    }
}
