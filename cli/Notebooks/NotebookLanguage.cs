using System.Text.Json.Nodes;

namespace Ndt.Cli.Notebooks;

/// <summary>Whose notebook it is: what another kernel wrote is refused before it is run as C# and its outputs are overwritten.</summary>
internal static class NotebookLanguage
{
    /// <summary>What people and hosts call the language and its kernels, without case, spaces, punctuation and version.</summary>
    private static readonly string[] Ours = ["c#", "c♯", "cs", "csharp", "netcsharp", "dotnetcsharp", "net(c#)", "c#(ndt)", HostIdentity.KernelName];

    /// <summary>What .NET Interactive writes in the language's place: the default kernel's name says which it is.</summary>
    private static readonly string[] Silent = ["polyglotnotebook", "dotnetinteractive", "netinteractive"];

    /// <summary>Throws <see cref="InputException"/> where the metadata name another language than C#; a notebook that names none is taken.</summary>
    public static void Require(NotebookDocument document, string path)
    {
        Require(["kernelspec", "language"], ["language_info", "name"], ["kernelspec", "name"], ["kernelspec", "display_name"]);
        Require(["polyglot_notebook", "kernelInfo", "defaultKernelName"], ["dotnet_interactive", "defaultKernelName"], ["dotnet_interactive", "language"]);

        // The first of several places that says anything decides.
        void Require(params ReadOnlySpan<string[]> places)
        {
            foreach (var place in places)
            {
                if (Text(place) is not { } text || Silent.Contains(Key(text)))
                {
                    continue;
                }

                if (!Ours.Contains(Key(text)))
                {
                    var forPeople = place[0] == "kernelspec" ? Text(["kernelspec", "display_name"]) : null;
                    throw new InputException($"{path}: {(forPeople is null ? string.Join('.', place) : "kernelspec")} is {forPeople ?? text}; this host runs C#");
                }

                return;
            }
        }

        string? Text(string[] place) =>
            place.Aggregate((JsonNode?)document.Metadata, (node, name) => (node as JsonObject)?[name]) is JsonValue value
            && value.TryGetValue<string>(out var text) && !string.IsNullOrWhiteSpace(text) ? text : null;
    }

    private static string Key(string name) =>
        string.Concat(name.ToLowerInvariant().Where(c => !char.IsWhiteSpace(c) && c is not ('-' or '_' or '.'))).TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
}
