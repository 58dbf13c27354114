namespace Semblance.Server.CompreFace;

/// <summary>An error that CompreFace has a number for.</summary>
/// <param name="status">HTTP status.</param>
/// <param name="code">CompreFace's number; its clients look for it.</param>
/// <param name="message">In words.</param>
internal sealed class CompreFaceException(int status, int code, string message) : Exception(message)
{
    public int Status { get; } = status;

    public int Code { get; } = code;

    public static CompreFaceException Validation(string message) => new(400, 26, message);

    public static CompreFaceException MissingParameter(string name) => new(400, 33, $"Required {name} parameter is not present");

    public static CompreFaceException MissingPart(string name) => new(400, 34, $"Required part {name} is not present");

    public static CompreFaceException Argument(string message) => new(400, 36, message);

    public static CompreFaceException NoImage(string id) => new(404, 11, $"Image {id} not found");

    public static CompreFaceException NoSubject(string name) => new(404, 42, $"Subject {name} not found");

    public static CompreFaceException NoEmbedding(string id) => new(404, 44, $"Embedding of image {id} not found");
}
