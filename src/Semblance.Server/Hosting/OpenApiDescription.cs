using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Semblance.Server.Api;
using Semblance.Server.Keys;

namespace Semblance.Server.Hosting;

/// <summary>Says in the API's description what routes take and give: bodies, values of the query, examples, keys.</summary>
internal static class OpenApiDescription
{
    private const string KeyScheme = "key";

    public static void Configure(OpenApiOptions options)
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.ShouldInclude = description => description.ActionDescriptor.EndpointMetadata.OfType<RouteDoc>().Any();
        options.AddDocumentTransformer(
            (document, _, _) =>
            {
                document.Info = new()
                {
                    Title = "Semblance",
                    Version = ServiceRoutes.Version,
                    Description =
                        "Faces found, described, compared and recognised. Pictures come as multipart, as a raw body or as base64 JSON; "
                        + "never as a path or an address.",
                };
                document.Components ??= new();
                document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
                document.Components.SecuritySchemes[KeyScheme] = new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.Http,
                    Scheme = "bearer",
                    Description =
                        "Authorization: Bearer KEY, or X-Api-Key: KEY. A route names the roles of which the key needs one; none: any key. "
                        + "A service without keys asks for none.",
                };
                return Task.CompletedTask;
            }
        );
        options.AddOperationTransformer(
            (operation, context, _) =>
            {
                IList<object> metadata = context.Description.ActionDescriptor.EndpointMetadata;
                Describe(operation, metadata.OfType<RouteDoc>().First());
                if (context.Document is { } document)
                    operation.Security = SecurityOf(metadata.OfType<RequiredRoles>().First(), document);
                return Task.CompletedTask;
            }
        );
    }

    private static void Describe(OpenApiOperation operation, RouteDoc doc)
    {
        operation.Parameters ??= [];
        foreach ((string name, string meaning) in doc.Parameters)
            operation.Parameters.Add(
                new OpenApiParameter
                {
                    Name = name,
                    In = ParameterLocation.Query,
                    Description = meaning,
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                }
            );
        if (doc.Body != BodyKind.None)
            operation.RequestBody = BodyOf(doc);
        operation.Responses = new()
        {
            ["200"] = new OpenApiResponse { Description = "Done", Content = ContentOf(doc.Answer) },
            ["4XX"] = new OpenApiResponse
            {
                Description = "A problem (RFC 9457)",
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    ["application/problem+json"] = new OpenApiMediaType
                    {
                        Example = JsonNode.Parse(
                            """
                            {"type":"urn:semblance:problem:no-face","title":"Unprocessable Entity","status":422,
                            "detail":"a.jpg: no face was found","code":"no-face","requestId":"0199…"}
                            """
                        ),
                    },
                },
            },
        };
    }

    /// <summary>The roles of which one is enough; any key where there is none.</summary>
    private static List<OpenApiSecurityRequirement> SecurityOf(RequiredRoles required, OpenApiDocument document) =>
        required.Roles == KeyRoles.None
            ? [new() { [new OpenApiSecuritySchemeReference(KeyScheme, document)] = [] }]
            :
            [
                .. RoleNames
                    .Of(required.Roles)
                    .Select(role => new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(KeyScheme, document)] = [role] }),
            ];

    private static Dictionary<string, OpenApiMediaType>? ContentOf(string? example) =>
        example is null ? null : new() { ["application/json"] = new OpenApiMediaType { Example = JsonNode.Parse(example) } };

    private static OpenApiRequestBody BodyOf(RouteDoc doc)
    {
        Dictionary<string, OpenApiMediaType> content = [];
        string[] files = doc.Body switch
        {
            BodyKind.Picture or BodyKind.Pictures => ["image"],
            BodyKind.Pair => ["a", "b"],
            _ => [],
        };
        if (files.Length > 0)
            content["multipart/form-data"] = new OpenApiMediaType { Schema = Object(files, doc.Body, binary: true) };
        if (doc.Body == BodyKind.Picture)
            content["image/*"] = new OpenApiMediaType
            {
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" },
            };
        content["application/json"] = new OpenApiMediaType
        {
            Schema = files.Length > 0 ? Object(files, doc.Body, binary: false) : new OpenApiSchema { Type = JsonSchemaType.Object },
            Example = doc.BodyExample is null ? null : JsonNode.Parse(doc.BodyExample),
        };
        return new() { Required = true, Content = content };
    }

    private static OpenApiSchema Object(string[] files, BodyKind kind, bool binary)
    {
        OpenApiSchema one = new() { Type = JsonSchemaType.String, Format = binary ? "binary" : "byte" };
        return new()
        {
            Type = JsonSchemaType.Object,
            Properties = files.ToDictionary(
                file => file,
                file =>
                    kind == BodyKind.Pictures || (kind == BodyKind.Pair && file == "b")
                        ? (IOpenApiSchema)new OpenApiSchema { Type = JsonSchemaType.Array, Items = one }
                        : one
            ),
            Required = new HashSet<string>(files),
        };
    }
}
