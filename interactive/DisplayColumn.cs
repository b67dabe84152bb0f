using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Ndt.Interactive;

/// <summary>A column of a table ready to be shown.</summary>
/// <param name="Header">The column's name.</param>
/// <param name="IsNumber">Whether its cells stand to the right.</param>
/// <param name="Cells">The text of each row.</param>
internal sealed record DisplayColumn(string Header, bool IsNumber, IReadOnlyList<string> Cells)
{
    /// <summary>Items shown of a list within a cell.</summary>
    private const int MostItems = 10;

    /// <summary>A column of values of one type; null is an empty cell.</summary>
    public static DisplayColumn Of(string header, Type type, IReadOnlyList<object?> values)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(double) || type == typeof(float) || type == typeof(Half) || type == typeof(decimal))
        {
            var numbers = values.Select(v => v is null ? (double?)null : Convert.ToDouble(v is Half h ? (float)h : v, CultureInfo.InvariantCulture)).ToArray();
            return new DisplayColumn(header, true, NumberColumn.Format(numbers));
        }

        var isNumber = type.IsPrimitive && type != typeof(bool) && type != typeof(char);
        return new DisplayColumn(header, isNumber, [.. values.Select(Text)]);
    }

    private static string Text(object? value) => value switch
    {
        null => "",
        bool b => b ? "true" : "false",
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
        string text => text,
        not null when Tables.Uninitialised(value) is { } nothing => nothing,
        IEnumerable items => List([.. items.Cast<object?>().Take(MostItems + 1).Select(Text)]),
        ITuple tuple => $"({string.Join(", ", Enumerable.Range(0, tuple.Length).Select(i => Text(tuple[i])))})",
        _ => value.ToString() ?? "",
    };

    private static string List(string[] items) => $"[{string.Join(", ", items.Take(MostItems))}{(items.Length > MostItems ? ", …" : "")}]";
}
