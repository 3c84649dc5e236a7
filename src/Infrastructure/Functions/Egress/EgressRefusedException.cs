namespace ChatPlatform.Infrastructure.Functions.Egress;

/// <summary>A request of a script that is not made, or failed. The message is for the script.</summary>
internal sealed class EgressRefusedException(string message) : Exception(message);
