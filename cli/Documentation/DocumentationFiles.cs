using System.Collections.Concurrent;
using System.Globalization;
using System.Xml;
using Microsoft.CodeAnalysis;

namespace Ndt.Cli.Documentation;

/// <summary>The XML documentation of one assembly, read when the first of its members is asked for.</summary>
internal sealed class DocumentationFiles : DocumentationProvider
{
    private static readonly ConcurrentDictionary<string, Lazy<Dictionary<string, string>>> Read = new(StringComparer.Ordinal);

    private readonly string[] files;

    private DocumentationFiles(string[] files) => this.files = files;

    /// <summary>Documentation of an assembly: the file beside it, or for the framework those that the SDK brings.</summary>
    public static DocumentationFiles Of(string assembly)
    {
        var beside = Path.ChangeExtension(assembly, ".xml");
        if (File.Exists(beside))
        {
            return new DocumentationFiles([beside]);
        }

        // What is implemented in the core library is documented under the names of the assemblies that programs refer to.
        var name = Path.GetFileNameWithoutExtension(assembly);
        string[] names = name == "System.Private.CoreLib"
            ? ["System.Runtime", "System.Collections", "System.Threading", "System.Runtime.Extensions", "System.Memory"]
            : [name];
        return new DocumentationFiles([.. names.Select(n => Path.Combine(ReferencePack(), n + ".xml")).Where(File.Exists)]);
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is DocumentationFiles other && files.AsSpan().SequenceEqual(other.files);

    /// <inheritdoc/>
    public override int GetHashCode() => files.Length == 0 ? 0 : string.GetHashCode(files[0], StringComparison.Ordinal);

    /// <inheritdoc/>
    protected override string? GetDocumentationForSymbol(string documentationMemberID, CultureInfo preferredCulture, CancellationToken cancellationToken = default) =>
        files.Select(file => Read.GetOrAdd(file, f => new Lazy<Dictionary<string, string>>(() => Load(f))).Value.GetValueOrDefault(documentationMemberID))
            .FirstOrDefault(text => text is not null) ?? "";

    private static string ReferencePack()
    {
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var packs = Path.Combine(runtime, "..", "..", "..", "packs", "Microsoft.NETCore.App.Ref");
        var moniker = $"net{Environment.Version.ToString(2)}";
        return Directory.Exists(packs)
            ? Directory.GetDirectories(packs).Order(StringComparer.Ordinal).Select(v => Path.Combine(v, "ref", moniker)).LastOrDefault(Directory.Exists) ?? ""
            : "";
    }

    private static Dictionary<string, string> Load(string file)
    {
        var members = new Dictionary<string, string>(StringComparer.Ordinal);
        using var reader = XmlReader.Create(file);
        reader.ReadToFollowing("member");
        while (reader.NodeType == XmlNodeType.Element)
        {
            var name = reader.GetAttribute("name");
            var text = reader.ReadOuterXml();
            if (name is not null)
            {
                members[name] = text;
            }

            while (reader.NodeType is not (XmlNodeType.Element or XmlNodeType.EndElement or XmlNodeType.None))
            {
                reader.Read();
            }
        }

        return members;
    }
}
