using System.CommandLine;
using System.Globalization;
using Semblance.Cli.Commands.Gallery;
using Semblance.Server.Keys;

namespace Semblance.Cli.Commands.Service;

/// <summary><c>keys</c>: who may ask the service, and what.</summary>
internal static class KeysCommand
{
    private static readonly Argument<string> Id = new("ID") { Description = "Id of the key, as 'keys list' shows it." };

    private static readonly Option<string> Name = new("--name")
    {
        Description = "What the key is for.",
        HelpName = "NAME",
        Required = true,
    };

    private static readonly Option<string[]> Roles = new("--role")
    {
        Description = $"What it may do: {string.Join(", ", RoleNames.All)}; may be repeated.",
        HelpName = "ROLE",
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<string?> Gallery = new("--gallery") { Description = "The only gallery it may use.", HelpName = "NAME" };

    private static readonly Option<string?> CompreFace = new("--compreface")
    {
        Description = "A key of the form that CompreFace's clients expect, for one of its services; brings the roles of that service.",
        HelpName = "recognition|detection|verification",
    };

    private static readonly Option<int?> Rate = new("--rate") { Description = "Requests a minute at most.", HelpName = "N" };

    private static readonly Option<string?> Expires = new("--expires")
    {
        Description = "Refused from then on: a date, or a number of days (90d).",
        HelpName = "WHEN",
    };

    public static Command Create()
    {
        Command create = new(
            "create",
            "Makes a key and shows it this once.\n\nExample: semblance keys create --keys keys.json --name door --role identify"
        )
        {
            ServeOptions.Keys,
            Name,
            Roles,
            Gallery,
            CompreFace.AcceptOnlyFromAmong("recognition", "detection", "verification"),
            Rate,
            Expires,
            GalleryAccess.Json,
        };
        create.SetAction(Make);
        Command list = new("list", "Lists keys, never their secrets.\n\nExample: semblance keys list --keys keys.json")
        {
            ServeOptions.Keys,
            GalleryAccess.Json,
        };
        list.SetAction(List);
        Command rotate = new(
            "rotate",
            "Gives a key another secret; the old one is refused at once.\n\nExample: semblance keys rotate --keys keys.json ID"
        )
        {
            Id,
            ServeOptions.Keys,
            GalleryAccess.Json,
        };
        rotate.SetAction(parsed => Changed(parsed, () => FileOf(parsed).Rotate(parsed.GetRequiredValue(Id))));
        Command revoke = new("revoke", "Takes a key back; it is refused at once.\n\nExample: semblance keys revoke --keys keys.json ID")
        {
            Id,
            ServeOptions.Keys,
        };
        revoke.SetAction(Revoke);
        return new("keys", "Makes and takes back the keys of the service.") { create, list, rotate, revoke };
    }

    private static int Make(ParseResult parsed)
    {
        CompreFaceService? service = parsed.GetValue(CompreFace) is { } word ? Enum.Parse<CompreFaceService>(word, ignoreCase: true) : null;
        KeyRoles roles =
            RoleNames.Parse(parsed.GetValue(Roles) ?? [])
            | service switch
            {
                CompreFaceService.Recognition => KeyRoles.Analyse | KeyRoles.Identify | KeyRoles.Enrol,
                null => KeyRoles.None,
                _ => KeyRoles.Analyse,
            };
        KeyDraft draft = new(parsed.GetRequiredValue(Name), roles)
        {
            Gallery = parsed.GetValue(Gallery),
            CompreFace = service,
            RequestsPerMinute = parsed.GetValue(Rate) switch
            {
                null => null,
                > 0 and var rate => rate,
                var rate => throw new UsageException($"--rate is {rate}, at least 1 is needed"),
            },
            ExpiresAt = parsed.GetValue(Expires) is { Length: > 0 } when ? EnrolmentChoices.ExpiryOf(when) : null,
        };
        return Changed(parsed, () => FileOf(parsed).Create(draft));
    }

    private static int Changed(ParseResult parsed, Func<NewKey> change)
    {
        NewKey made = Found(change);
        if (parsed.GetValue(GalleryAccess.Json))
            Console.Out.WriteLine(
                GalleryJson.Indented(
                    new
                    {
                        key = made.Text,
                        id = made.Key.Id,
                        name = made.Key.Name,
                        roles = made.Key.Roles,
                        gallery = made.Key.Gallery,
                    }
                )
            );
        else
        {
            Console.Out.WriteLine(made.Text);
            Output.Messages.Hint(
                $"key {made.Key.Id} '{made.Key.Name}' may {string.Join(", ", made.Key.Roles)}; keep its text now, it is not shown again"
            );
        }
        return (int)ExitCode.Done;
    }

    private static int List(ParseResult parsed)
    {
        foreach (StoredKey key in FileOf(parsed).Read())
            Console.Out.WriteLine(
                parsed.GetValue(GalleryAccess.Json)
                    ? GalleryJson.Line(key with { Sha256 = "" })
                    : string.Create(
                        CultureInfo.InvariantCulture,
                        $"{key.Id}  {key.Name}  {string.Join(",", key.Roles)}  {key.Gallery ?? "all galleries"}  {key.CreatedAt:yyyy-MM-dd}"
                    )
            );
        return (int)ExitCode.Done;
    }

    private static int Revoke(ParseResult parsed)
    {
        string id = parsed.GetRequiredValue(Id);
        Found(() =>
        {
            FileOf(parsed).Revoke(id);
            return id;
        });
        Console.Out.WriteLine($"revoked {id}");
        return (int)ExitCode.Done;
    }

    private static T Found<T>(Func<T> change)
    {
        try
        {
            return change();
        }
        catch (KeyNotFoundException e)
        {
            throw new UsageException($"{e.Message}; 'semblance keys list' shows what is there");
        }
    }

    private static KeyFile FileOf(ParseResult parsed) =>
        new Settings(parsed).Get(ServeOptions.Keys, null) is { Length: > 0 } file
            ? new(file)
            : throw new UsageException("--keys is missing; say which file, e.g. --keys keys.json");
}
