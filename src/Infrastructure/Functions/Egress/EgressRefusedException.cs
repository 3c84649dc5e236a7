namespace ChatPlatform.Infrastructure.Functions.Egress;

/// <summary>A script's request was refused or failed. The message is for the script.</summary>
internal sealed class EgressRefusedException(string message) : Exception(message);
