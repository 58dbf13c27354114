using System.Globalization;
using System.IO.Compression;
using System.Text;
using Semblance.TestSupport;

namespace Semblance.Benchmarks.Robustness;

/// <summary>A request that no well-meaning client sends.</summary>
/// <param name="Kind">What is wrong with it.</param>
/// <param name="Bytes">All of it, as it goes over the wire.</param>
internal sealed record HostileRequest(string Kind, byte[] Bytes)
{
    /// <summary>After how long without an answer the client says that nothing more comes; never by itself where null. A service waits for
    /// what was promised until it cuts it off, which is tried by those that were broken off.</summary>
    public TimeSpan? Patience => Kind is DamagedForm or WrongLengths or BadHeaders ? TimeSpan.FromSeconds(2) : null;

    private const string DamagedForm = "damaged form",
        WrongLengths = "wrong length",
        BadHeaders = "headers";

    private static readonly string[] PictureRoutes =
    [
        "/v1/detect",
        "/v1/analyze?features=quality,age,pose&crops=true",
        "/v1/embed",
        "/v1/identify?explain=true",
        "/v1/verify",
        "/v1/people?another=true",
        "/v1/batch/analyze",
        "/v1/batch/identify",
        "/represent",
        "/analyze",
        "/api/v1/recognition/recognize?limit=0",
        "/api/v1/recognition/faces?subject=mallory",
        "/api/v1/detection/detect",
        "/v1/vision/face/",
        "/v1/vision/face/recognize",
        "/v1/vision/face/register",
        "/predict",
    ];

    private static readonly string[] OtherRoutes =
    [
        "/v1/people",
        "/v1/people/0199a000-0000-7000-8000-000000000000",
        "/v1/people/0199a000-0000-7000-8000-000000000000/merge",
        "/v1/people/0199a000-0000-7000-8000-000000000000/faces",
        "/v1/people/0199a000-0000-7000-8000-000000000000/history",
        "/v1/people/0199a000-0000-7000-8000-000000000000/cover",
        "/v1/settings",
        "/v1/galleries",
        "/v1/keys",
        "/v1/audit?verify=true",
        "/v1/access",
        "/v1/check",
        "/v1/check/none/dismiss",
        "/v1/strangers",
        "/v1/strangers/0199a000-0000-7000-8000-000000000000/name",
        "/v1/undo/17",
        "/v1/limits",
        "/api/v1/recognition/subjects",
        "/api/v1/recognition/subjects/mallory",
        "/api/v1/recognition/faces/delete",
        "/api/v1/recognition/embeddings/recognize",
        "/api/v1/verification/embeddings/verify",
        "/search",
        "/build/index",
        "/v1/vision/face/list",
        "/v1/vision/face/delete",
    ];

    private static readonly string[] Fields = ["image", "img", "img1", "img2", "file", "a", "b", "source_image", "target_image", "image1"];

    private static readonly string[] Texts =
    [
        "name",
        "userid",
        "features",
        "fmr",
        "fpir",
        "threshold",
        "entries",
        "actions",
        "externalId",
        "tags",
        "consent",
        "expiresAt",
        "limit",
        "metadata",
        "max_faces",
    ];

    private static readonly string[] Values =
    [
        "",
        "0",
        "-1",
        "NaN",
        "1e999",
        "99999999999999999999999",
        "null",
        "true",
        "[]",
        "{}",
        "[[[[[[[[",
        "\0",
        "\u001b[2J",
        "\u202e",
        "../../../../etc/passwd",
        "file:///etc/passwd",
        "http://127.0.0.1:1/",
        "%00%ff%fe",
        "' OR 1=1 --",
        "😀\ud800",
        new string('x', 70_000),
        "2031-13-45",
        "data:image/png;base64,////",
        "0199a000-0000-7000-8000-000000000000",
    ];

    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "BREW", "post"];

    private static readonly Lazy<byte[]> BombOfManyPixels = new(() => Png(60_000, 60_000, 1 << 28)),
        BombWithinThePixels = new(() => Png(6_000, 6_000, 1 << 29));

    /// <summary>One of many kinds.</summary>
    /// <param name="pictures">Pictures of one face each.</param>
    /// <param name="random">Chooses.</param>
    public static HostileRequest Of(IReadOnlyList<byte[]> pictures, Random random)
    {
        byte[] picture = pictures[random.Next(pictures.Count)];
        return random.Next(100) switch
        {
            < 30 => new("mutated picture in a form", Form(MutatedBytes.Of(picture, random), random)),
            < 40 => new(
                "mutated picture as the body",
                Request("POST", Pick(PictureRoutes, random), "image/jpeg", MutatedBytes.Of(picture, random))
            ),
            < 47 => new("mutated picture in JSON", InJson(MutatedBytes.Of(picture, random), random)),
            < 59 => new("JSON of another form", Json(random)),
            < 69 => new("values that are none", WithValues(picture, random)),
            < 79 => new(DamagedForm, SplicedBytes.Of(Form(picture[..Math.Min(picture.Length, 900)], random), random)),
            < 85 => new(WrongLengths, WrongLength(picture, random)),
            < 91 => new(BadHeaders, Headers(random)),
            < 94 => new("many parts", ManyParts(random)),
            < 96 => new("compressed bomb as a picture", Bomb(random)),
            < 97 => new("compressed body", CompressedBody(random)),
            < 99 => new("broken off", BrokenOff(Form(picture, random), random)),
            _ => new("too large", Request("POST", Pick(PictureRoutes, random), "image/jpeg", new byte[random.Next(1, 13) << 20])),
        };
    }

    private static byte[] Form(byte[] picture, Random random)
    {
        using MemoryStream body = new();
        // Most routes look at one of these, verification at two.
        foreach (string field in (string[])[Pick(Fields, random), Pick(Fields, random), Pick(Fields, random), "image"])
        {
            body.Write(Ascii($"--bound\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"p.jpg\"\r\n\r\n"));
            body.Write(picture);
            body.Write("\r\n"u8);
        }
        body.Write("--bound\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nMallory\r\n--bound--\r\n"u8);
        return Request("POST", Pick(PictureRoutes, random), "multipart/form-data; boundary=bound", body.ToArray());
    }

    private static byte[] InJson(byte[] picture, Random random)
    {
        string text = Convert.ToBase64String(picture),
            prefix = random.Next(2) == 0 ? "" : "data:image/jpeg;base64,";
        if (random.Next(4) == 0)
            text = text[..random.Next(text.Length)];
        string members = string.Join(
            ',',
            Fields.OrderBy(_ => random.Next()).Take(4).Append("image").Distinct().Select(field => $"\"{field}\":\"{prefix}{text}\"")
        );
        return Request("POST", Pick(PictureRoutes, random), "application/json", Ascii($"{{{members}}}"));
    }

    private static byte[] Json(Random random)
    {
        string name = Pick(
            [.. Fields, .. Texts, "to", "from", "face", "embeddings", "source", "targets", "subject", "locked", "falseMatchRate"],
            random
        );
        string value = random.Next(8) switch
        {
            0 => "null",
            1 => "-1e400",
            2 => "[[1,2],[\"a\",null]]",
            3 => "{\"a\":{\"b\":[]}}",
            4 => new string('[', random.Next(1, 4000)),
            5 => $"[{string.Join(',', Enumerable.Repeat("0.1", random.Next(1, 2000)))}]",
            6 => "\"\\ud800\"",
            _ => "true",
        };
        byte[] body = Encoding.UTF8.GetBytes(random.Next(5) == 0 ? value : $"{{\"{name}\":{value},\"{name}\":{value}}}");
        if (random.Next(3) == 0)
            body = MutatedBytes.Of(body, random);
        string route = Pick(random.Next(2) == 0 ? PictureRoutes : OtherRoutes, random);
        return Request(Pick(Methods, random), route, "application/json", body);
    }

    private static byte[] WithValues(byte[] picture, Random random)
    {
        string query = string.Join('&', Enumerable.Range(0, random.Next(1, 6)).Select(_ => $"{Pick(Texts, random)}={Escaped(random)}"));
        string route = Pick(random.Next(2) == 0 ? PictureRoutes : OtherRoutes, random);
        string address = $"{route}{(route.Contains('?', StringComparison.Ordinal) ? "&" : "?")}{query}";
        if (random.Next(3) == 0)
            return Request(Pick(Methods, random), address, "image/jpeg", picture);
        using MemoryStream body = new();
        for (int k = random.Next(1, 8); k > 0; k--)
        {
            body.Write(Ascii($"--bound\r\nContent-Disposition: form-data; name=\"{Pick(Texts, random)}\"\r\n\r\n"));
            body.Write(Encoding.UTF8.GetBytes(Pick(Values, random) + "\r\n"));
        }
        body.Write(
            Ascii(
                $"--bound\r\nContent-Disposition: form-data; name=\"{Pick(Fields, random)}\"; filename=\"../../{Pick(Texts, random)}\"\r\n\r\n"
            )
        );
        body.Write(picture);
        body.Write("\r\n--bound--\r\n"u8);
        return Request("POST", address, "multipart/form-data; boundary=bound", body.ToArray());
    }

    private static byte[] WrongLength(byte[] picture, Random random)
    {
        long length = random.Next(5) switch
        {
            0 => picture.Length / 2,
            1 => picture.Length + random.Next(1, 5000),
            2 => long.MaxValue,
            3 => -1,
            _ => 0,
        };
        string route = Pick(PictureRoutes, random);
        string lengths = random.Next(4) switch
        {
            0 => $"Content-Length: {length}\r\nContent-Length: {picture.Length}\r\n",
            1 => $"Content-Length: {length}\r\nTransfer-Encoding: chunked\r\n",
            2 => "Transfer-Encoding: chunked\r\n",
            _ => string.Create(CultureInfo.InvariantCulture, $"Content-Length: {length}\r\n"),
        };
        return [.. Head("POST", route, $"Content-Type: image/jpeg\r\n{lengths}"), .. picture];
    }

    private static byte[] Headers(Random random)
    {
        string headers = random.Next(9) switch
        {
            0 => string.Concat(Enumerable.Range(0, random.Next(50, 400)).Select(i => $"X-{i}: {i}\r\n")),
            1 => $"X-Long: {new string('y', random.Next(1000, 60_000))}\r\n",
            2 => "Origin: http://attacker.example\r\n",
            3 => "Host: attacker.example\r\n",
            4 => $"Authorization: {Pick(Values[..16], random)}\r\nX-Api-Key: {Pick(Values[..16], random)}\r\n",
            5 => $"Idempotency-Key: {new string('k', random.Next(1, 9000))}\r\nContent-Type: {Pick(Values[..16], random)}\r\n",
            6 => "Content-Type: multipart/form-data; boundary=\r\nContent-Length: 4\r\n",
            7 => $"Range: bytes=0-,-{random.Next()}\r\nIf-None-Match: *\r\nAccept-Encoding: {Pick(Values[..16], random)}\r\n",
            _ => "Expect: 100-continue\r\nUpgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAAA\r\n",
        };
        byte[] request = Head(
            Pick(Methods, random),
            Pick([.. PictureRoutes, .. OtherRoutes, "/", "/metrics", "/openapi/v1.json"], random),
            headers
        );
        return random.Next(3) == 0 ? SplicedBytes.Of(request, random) : request;
    }

    private static byte[] ManyParts(Random random)
    {
        int count = random.Next(2) == 0 ? 1000 : random.Next(200, 5000);
        if (random.Next(3) == 0)
            return Request(
                "POST",
                Pick(PictureRoutes, random),
                "application/x-www-form-urlencoded",
                Ascii(string.Join('&', Enumerable.Range(0, count).Select(i => $"f{i}={i}")))
            );
        string name = random.Next(2) == 0 ? "image" : "f",
            file = random.Next(2) == 0 ? "; filename=\"a.jpg\"" : "";
        string parts = string.Concat(
            Enumerable.Range(0, count).Select(i => $"--bound\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n{i}\r\n")
        );
        return Request("POST", Pick(PictureRoutes, random), "multipart/form-data; boundary=bound", Ascii(parts + "--bound--\r\n"));
    }

    private static byte[] Bomb(Random random) =>
        Request("POST", Pick(PictureRoutes, random), "image/png", (random.Next(8) > 0 ? BombOfManyPixels : BombWithinThePixels).Value);

    private static byte[] CompressedBody(Random random)
    {
        using MemoryStream body = new();
        bool gzip = random.Next(2) == 0;
        using (
            Stream packed = gzip
                ? new GZipStream(body, CompressionLevel.SmallestSize, true)
                : new ZLibStream(body, CompressionLevel.SmallestSize, true)
        )
            packed.Write(new byte[20 << 20]);
        string type = random.Next(2) == 0 ? "application/json" : "image/jpeg";
        return
        [
            .. Head(
                "POST",
                Pick(PictureRoutes, random),
                $"Content-Type: {type}\r\nContent-Encoding: {(gzip ? "gzip" : "deflate")}\r\nContent-Length: {body.Length}\r\n"
            ),
            .. body.ToArray(),
        ];
    }

    private static byte[] BrokenOff(byte[] request, Random random) => request[..random.Next(1, request.Length)];

    private static byte[] Request(string method, string route, string type, byte[] body) =>
        [.. Head(method, route, $"Content-Type: {type}\r\nContent-Length: {body.Length}\r\n"), .. body];

    private static byte[] Head(string method, string route, string headers) =>
        Ascii(
            $"{method} {route} HTTP/1.1\r\n{(headers.Contains("Host:", StringComparison.Ordinal) ? "" : "Host: 127.0.0.1\r\n")}Connection: close\r\n{headers}\r\n"
        );

    private static byte[] Ascii(string text) => Encoding.Latin1.GetBytes(text);

    private static string Escaped(Random random)
    {
        string value = Pick(Values, random);
        value = value[..Math.Min(value.Length, 3000)];
        return random.Next(4) == 0 ? value.Replace(' ', '+').Replace("\0", "", StringComparison.Ordinal) : Uri.EscapeDataString(value);
    }

    private static string Pick(string[] choices, Random random) => choices[random.Next(choices.Length)];

    /// <summary>A grey picture of zeros, of few bytes.</summary>
    private static byte[] Png(int width, int height, int bytes)
    {
        byte[] zeros = new byte[1 << 20];
        return PngWriter.Write(width, height, 8, PngWriter.Gray, [.. Enumerable.Repeat(zeros, bytes / zeros.Length)]);
    }
}
