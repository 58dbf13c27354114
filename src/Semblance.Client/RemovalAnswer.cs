namespace Semblance.Client;

internal sealed record RemovalAnswer(Guid Id, Receipt Receipt);
