using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Semblance.Server.Hosting;
using Semblance.Server.Keys;

namespace Semblance.Server.CompreFace;

/// <summary>Puts CompreFace's routes down.</summary>
internal static class CompreFaceRouting
{
    private const string Prefix = "/api/v1";

    public static void Map(IEndpointRouteBuilder routes, ServiceParts parts)
    {
        void Route(string method, string path, CompreFaceService service, KeyRoles roles, Func<HttpContext, ServiceParts, Task> handler) =>
            routes
                .MapMethods(Prefix + path, [method], (HttpContext http) => handler(http, parts))
                .WithMetadata(new RequiredRoles(roles) { CompreFace = service }, CompreFaceErrors.Instance)
                .ExcludeFromDescription();
        void Recognition(string method, string path, KeyRoles roles, Func<HttpContext, ServiceParts, Task> handler) =>
            Route(method, "/recognition" + path, CompreFaceService.Recognition, roles, handler);

        const KeyRoles Look = KeyRoles.Identify | KeyRoles.Enrol;
        Recognition("GET", "/subjects", Look, SubjectRoutes.ListAsync);
        Recognition("POST", "/subjects", KeyRoles.Enrol, SubjectRoutes.AddAsync);
        Recognition("DELETE", "/subjects", KeyRoles.Admin, SubjectRoutes.RemoveAllAsync);
        Recognition("PUT", "/subjects/{subject}", KeyRoles.Enrol, SubjectRoutes.RenameAsync);
        Recognition("DELETE", "/subjects/{subject}", KeyRoles.Enrol, SubjectRoutes.RemoveAsync);
        Recognition("GET", "/faces", Look, ReferenceRoutes.ListAsync);
        Recognition("POST", "/faces", KeyRoles.Enrol, ReferenceRoutes.AddAsync);
        Recognition("DELETE", "/faces", KeyRoles.Enrol, ReferenceRoutes.RemoveOfSubjectAsync);
        Recognition("DELETE", "/faces/{id}", KeyRoles.Enrol, ReferenceRoutes.RemoveAsync);
        Recognition("POST", "/faces/delete", KeyRoles.Enrol, ReferenceRoutes.RemoveManyAsync);
        Recognition("GET", "/faces/{id}/img", Look, ReferenceRoutes.ImageAsync);
        Recognition("POST", "/faces/{id}/verify", KeyRoles.Identify, RecognitionRoutes.VerifyReferenceAsync);
        Recognition("POST", "/recognize", KeyRoles.Identify, RecognitionRoutes.RecognizeAsync);
        Recognition("POST", "/embeddings/recognize", KeyRoles.Identify, EmbeddingRoutes.RecognizeAsync);
        Recognition("POST", "/embeddings/faces/{id}/verify", KeyRoles.Identify, EmbeddingRoutes.VerifyReferenceAsync);
        Route("POST", "/detection/detect", CompreFaceService.Detection, KeyRoles.Analyse, RecognitionRoutes.DetectAsync);
        Route("POST", "/verification/verify", CompreFaceService.Verification, KeyRoles.Analyse, RecognitionRoutes.VerifyAsync);
        Route("POST", "/verification/embeddings/verify", CompreFaceService.Verification, KeyRoles.Analyse, EmbeddingRoutes.VerifyAsync);

        // The key stands in the path, for <img> elements.
        RequiredRoles inPath = new(Look) { CompreFace = CompreFaceService.Recognition, Deferred = true };
        routes
            .MapMethods(Prefix + "/static/{key}/images/{id}", ["GET"], (HttpContext http) =>
            {
                http.Features.Set(parts.KeyCheck.Admit(http.Request.RouteValues["key"] as string, inPath));
                return ReferenceRoutes.ImageAsync(http, parts);
            })
            .WithMetadata(inPath, CompreFaceErrors.Instance)
            .ExcludeFromDescription();
    }

    /// <summary>The last segment of the path as it was sent, decoded once: names may hold <c>/</c>, <c>%</c> and <c>?</c>.</summary>
    public static string NameIn(HttpContext http)
    {
        string target = http.Features.Get<IHttpRequestFeature>()?.RawTarget is { Length: > 0 } raw ? raw : http.Request.Path.Value ?? "";
        int query = target.IndexOf('?', StringComparison.Ordinal);
        string path = (query < 0 ? target : target[..query]).TrimEnd('/');
        return Uri.UnescapeDataString(path[(path.LastIndexOf('/') + 1)..]);
    }
}
