using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace Semblance.Server.Hosting;

/// <summary>The page: static files inside the program, each with the hash of its content as its tag.</summary>
internal sealed class PageFiles
{
    private const string Root = "wwwroot/",
        Index = "index.html";

    private readonly FrozenDictionary<string, PageFile> _files;

    public PageFiles()
    {
        Assembly assembly = typeof(PageFiles).Assembly;
        FileExtensionContentTypeProvider types = new();
        _files = assembly
            .GetManifestResourceNames()
            .Where(name => name.StartsWith(Root, StringComparison.Ordinal))
            .ToFrozenDictionary(name => "/" + name[Root.Length..], name => Read(assembly, name, types), StringComparer.Ordinal);
    }

    /// <summary>Answers requests for the page, hands on all others.</summary>
    public Task Serve(HttpContext http, RequestDelegate next)
    {
        if (http.GetEndpoint() is not null || !(HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method)))
            return next(http);
        string path = http.Request.Path.Value is "/" or "" or null ? "/" + Index : http.Request.Path.Value;
        return _files.TryGetValue(path, out PageFile? file) ? AnswerAsync(http, file) : next(http);
    }

    private static Task AnswerAsync(HttpContext http, PageFile file)
    {
        http.Response.Headers.ContentSecurityPolicy = SecurityHeaders.PagePolicy;
        http.Response.Headers.CacheControl = "no-cache";
        http.Response.Headers.ETag = file.Tag.ToString();
        if (http.Request.GetTypedHeaders().IfNoneMatch.Any(tag => tag.Compare(file.Tag, useStrongComparison: false)))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }
        http.Response.ContentType = file.Type;
        http.Response.ContentLength = file.Bytes.Length;
        return HttpMethods.IsHead(http.Request.Method)
            ? Task.CompletedTask
            : http.Response.Body.WriteAsync(file.Bytes, http.RequestAborted).AsTask();
    }

    private static PageFile Read(Assembly assembly, string name, FileExtensionContentTypeProvider types)
    {
        using Stream stream = assembly.GetManifestResourceStream(name)!;
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        string type = types.TryGetContentType(name, out string? known) ? known : "application/octet-stream";
        if (type.StartsWith("text/", StringComparison.Ordinal) && !type.Contains("charset", StringComparison.Ordinal))
            type += "; charset=utf-8";
        return new(bytes, type, new($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..32]}\""));
    }

    private sealed record PageFile(byte[] Bytes, string Type, EntityTagHeaderValue Tag);
}
