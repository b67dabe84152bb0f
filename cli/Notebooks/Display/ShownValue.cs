using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Html;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;
using Microsoft.DotNet.Interactive.ValueSharing;
using Ndt.Cli.Notebooks.Cells;
using Plotly.NET;

namespace Ndt.Cli.Notebooks.Display;

/// <summary>
/// A value that a cell shows in the forms that front ends choose from: by .NET Interactive's formatters, of which this host prefers plain text. Its
/// HTML tree of any object, with a style sheet in each output, is not what a stored notebook should hold, and text reads better in a diff.
/// </summary>
internal static class ShownValue
{
    static ShownValue()
    {
        Formatter.DefaultMimeType = ValueFormatters.PlainText;
        Formatter.SetPreferredMimeTypesFor(typeof(ScriptContent), ValueFormatters.Html);
        Formatter.SetPreferredMimeTypesFor(typeof(GenericChart), ChartData.MimeType); // Text and markup follow from the figure, which takes long to write.

        // Of a member that throws, type and message: its trace shows how the formatter called it, and never twice the same.
        Formatter.Register<Exception>(
            (exception, context) =>
            {
                context.Writer.Write(context.Depth > 1 ? $"{exception.GetType().FullName}: {exception.Message}" : exception.ToString());
                return true;
            },
            ValueFormatters.PlainText);
        Formatter.Register<MathString>(math => math.ToString(), "text/latex");

        // A function's type: its members are reflection's, and never twice the same.
        Formatter.Register<Delegate>(function => TypeName(function.GetType()), ValueFormatters.PlainText);

        // A text of a kind that is none of a text's own is taken as it stands.
        foreach (var mimeType in (string[])["text/markdown", "text/latex", "application/javascript", "application/json", "image/png", "image/jpeg", "image/svg+xml"])
        {
            Formatter.Register<string>(text => text, mimeType);
        }
    }

    /// <summary>Sets the host's preferences now rather than with the first value: a cell's own registrations then come after.</summary>
    public static void Initialise() => RuntimeHelpers.RunClassConstructor(typeof(ShownValue).TypeHandle);

    /// <summary>The forms of what an event shows: those that the cell asked for, or else all that suit the value.</summary>
    public static DisplayData Of(DisplayEvent shown)
    {
        var forms = shown.FormattedValues.Where(f => !f.SuppressDisplay).ToArray();
        var data = new JsonObject();
        if (shown.Value is { } value and not GenericChart && Formatter.GetPreferredMimeTypesFor(value.GetType()).SequenceEqual(forms.Select(f => f.MimeType)))
        {
            foreach (var mimeType in ChosenTypes(value).Where(type => forms.All(f => f.MimeType != type)))
            {
                data[mimeType] = Formatter.ToDisplayString(value, mimeType);
            }

            if (forms.Any(f => f.MimeType == ValueFormatters.PlainText))
            {
                data[ValueFormatters.PlainText] = Plain(value, forms);
            }
        }

        foreach (var form in forms)
        {
            if (!data.ContainsKey(form.MimeType))
            {
                data[form.MimeType] = form.MimeType == ChartData.MimeType ? JsonNode.Parse(form.Value) : form.Value;
            }
        }

        if (data[ChartData.MimeType] is { } figure && !data.ContainsKey(ValueFormatters.PlainText))
        {
            data[ValueFormatters.PlainText] = ChartData.Summary(figure);
        }

        if (shown.Value is null && data.Count > 0 && data[ValueFormatters.PlainText]?.ToString() == Formatter.NullString)
        {
            data[ValueFormatters.PlainText] = "null";
        }

        return new DisplayData(data);
    }

    /// <summary>A session's variables, by name; <paramref name="detailed"/> with their types and values.</summary>
    public static DisplayData Of(IEnumerable<KernelValue> variables, bool detailed)
    {
        var table = detailed
            ? Tables.Of(variables.Select(v => new { Variable = v.Name, Type = v.Type is { } type ? TypeName(type) : "", Value = Formatter.ToDisplayString(v.Value, ValueFormatters.PlainText).Split('\n')[0] }).ToArray(), int.MaxValue)
            : Tables.Of(variables.Select(v => new { Variable = v.Name }).ToArray(), int.MaxValue);
        return new DisplayData(new() { [ValueFormatters.Html] = table!.ToHtml(), [ValueFormatters.PlainText] = table.ToString() });
    }

    /// <summary>MIME types beside plain text: those that somebody chose for this type, or for the items of this list.</summary>
    private static IEnumerable<string> ChosenTypes(object value)
    {
        if (Tables.Of(value, rowLimit: 0) is not null || value is DisplayTable or IHtmlContent)
        {
            return [ValueFormatters.Html];
        }

        var type = value.GetType();
        var own = Registered(type);
        return value is IEnumerable and not string && Tables.ItemType(type) is { } item && (typeof(IHtmlContent).IsAssignableFrom(item) || Registered(item).Contains(ValueFormatters.Html))
            ? own.Append(ValueFormatters.Html).Distinct()
            : own;
    }

    private static IEnumerable<string> Registered(Type type)
    {
        _ = Formatter.GetPreferredMimeTypesFor(type); // Also registers what the type brings itself.
        var byCells = Formatter.RegisteredFormatters(false).Where(f => f.Type != typeof(object) && f.Type != typeof(IEnumerable) && f.Type != typeof(string) && f.Type != typeof(byte[]) && f.Type.IsAssignableFrom(type));

        // Those that .NET Interactive has for .NET's own types bring its style sheet.
        var byType = Formatter.RegisteredFormatters().Where(f => f.Type == type && type.Namespace?.Split('.')[0] != nameof(System) && f.MimeType is (ValueFormatters.Html or "text/latex"));
        return byCells.Concat(byType).Select(f => f.MimeType).Where(m => m != ValueFormatters.PlainText).Distinct();
    }

    private static string Plain(object value, FormattedValue[] forms) => value switch
    {
        string text => text,
        bool b => b ? "true" : "false",
        IHtmlContent => value.ToString()!,
        IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
        _ when SaysItself(value) => value.ToString() ?? "",
        IEnumerable items when forms.Any(f => f.Value == value.GetType().ToString()) => List(items),
        _ => (forms.FirstOrDefault(f => f.MimeType == ValueFormatters.PlainText)?.Value ?? Formatter.ToDisplayString(value, ValueFormatters.PlainText)).TrimEnd(),
    };

    /// <summary>What an iterator yields: .NET Interactive takes it for an object without members, and shows its type's name.</summary>
    private static string List(IEnumerable items)
    {
        var most = Formatter.ListExpansionLimit;
        string[] shown = [.. items.Cast<object?>().Take(most + 1).Select(item => Formatter.ToDisplayString(item, ValueFormatters.PlainText).TrimEnd())];
        return $"[ {string.Join(", ", shown.Take(most))}{(shown.Length > most ? " ... (more)" : "")} ]";
    }

    private static string TypeName(Type type) =>
        type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(TypeName))}>" : type.Name;

    /// <summary>Whether the type has a text of its own: records, tensors, exceptions; not lists and plain classes. A plain-text formatter that a cell registered goes first.</summary>
    private static bool SaysItself(object value)
    {
        var type = value.GetType();
        return value is not (IEnumerable or Delegate)
            && type.GetMethod(nameof(ToString), Type.EmptyTypes)!.DeclaringType is { } owner
            && owner != typeof(object)
            && owner != typeof(ValueType)
            && !Formatter.RegisteredFormatters(false).Any(f => f.MimeType == ValueFormatters.PlainText && f.Type != typeof(object) && f.Type.IsAssignableFrom(type));
    }
}
