using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace Ndt.Interactive;

/// <summary>
/// Compiled into the library, so that in any of .NET Interactive's hosts one line, <c>#r</c> of the library, is enough: as soon as a cell touches the library,
/// the assembly that shows its tables and charts is loaded from beside it. Elsewhere this does nothing, and the library knows nothing of notebooks.
/// </summary>
internal static class NotebookFormatters
{
    private const string Host = "Microsoft.DotNet.Interactive";
    private const string Extension = "Ndt.Interactive";

#pragma warning disable CA2255 // A library's initialiser: this is the one thing it is for.
    [ModuleInitializer]
    internal static void Load()
#pragma warning restore CA2255
    {
        var library = typeof(NotebookFormatters).Assembly;
        if (!AppDomain.CurrentDomain.GetAssemblies().Any(a => a.GetName().Name == Host) || Find(library.Location) is not { } path)
        {
            return;
        }

        AssemblyLoadContext.Default.Resolving += HostFSharp;
        try
        {
            var context = AssemblyLoadContext.GetLoadContext(library) ?? AssemblyLoadContext.Default;
            context.LoadFromAssemblyPath(path).GetType($"{Extension}.NotebookExtension")!
                .GetMethod("Register", BindingFlags.Public | BindingFlags.Static)!.Invoke(null, null);
        }
        catch (Exception e) when (e is IOException or BadImageFormatException or TargetInvocationException)
        {
            // The cells run all the same: tables and charts are shown as the host shows any object.
            Trace.TraceWarning($"Ndt: tables and charts cannot be shown as such in this host ({(e.InnerException ?? e).Message})");
        }
    }

    /// <summary>
    /// The host's FSharp.Core, also for those who ask for a newer one (Plotly.NET): who asks for an older one gets the host's, and two copies in one process
    /// do not know each other's functions. A host without F# has none, and the library's own is found.
    /// </summary>
    private static Assembly? HostFSharp(AssemblyLoadContext context, AssemblyName wanted) =>
        wanted is { Name: "FSharp.Core", Version: not null }
        && (AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string)?.Contains(Path.DirectorySeparatorChar + "FSharp.Core.dll", StringComparison.Ordinal) == true
            ? context.LoadFromAssemblyName(new AssemblyName(wanted.Name))
            : null;

    /// <summary>Beside the library (a build), or in its package's folder for extensions.</summary>
    private static string? Find(string library)
    {
        var folder = Path.GetDirectoryName(library);
        string[] places = string.IsNullOrEmpty(folder)
            ? []
            : [Path.Combine(folder, Extension + ".dll"), Path.GetFullPath(Path.Combine(folder, "..", "..", "interactive-extensions", "dotnet", Extension + ".dll"))];
        return places.FirstOrDefault(File.Exists);
    }
}
