using System.Collections;
using System.Data;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Data.Analysis;
using Microsoft.DotNet.Interactive.Formatting.TabularData;

namespace Ndt.Interactive;

/// <summary>
/// What is shown as a table: data frames; sequences of plain data (records, anonymous types, tuples), also a query's; dictionaries of plain values; data tables;
/// arrays of two dimensions and more, which keep their shape. A frame's columns keep the names they were given.
/// </summary>
internal static class Tables
{
    /// <summary>Columns shown of a matrix.</summary>
    private const int MostColumns = 20;

    /// <summary>The table of a value, or null where it is none. A query is run, as far as its rows are shown.</summary>
    public static DisplayTable? Of(object value, int rowLimit = DisplayTable.DefaultRowLimit) => value switch
    {
        DataFrame frame => OfFrame(frame, rowLimit),
        DataTable table => OfDataTable(table, rowLimit),
        string => null,
        Array { Rank: 2 } matrix => OfMatrix(matrix, rowLimit),
        Array { Rank: > 2 } array => OfArray(array, rowLimit),
        IDictionary map when ItemType(map.GetType()) is null => OfRows(map.Cast<DictionaryEntry>(), rowLimit),
        IEnumerable rows => OfRows(rows, rowLimit),
        _ => null,
    };

    /// <summary>.NET Interactive's own tables, all rows.</summary>
    public static DisplayTable OfResource(TabularDataResource resource)
    {
        var rows = resource.Data.Select(row => row.ToDictionary(cell => cell.Key, cell => cell.Value)).ToArray();
        var columns = resource.Schema.Fields.Select(field =>
        {
            object?[] values = [.. rows.Select(row => row.GetValueOrDefault(field.Name))];
            return DisplayColumn.Of(field.Name, values.FirstOrDefault(value => value is not null)?.GetType() ?? typeof(object), values);
        });
        return new DisplayTable([.. columns], rows.Length);
    }

    /// <summary>What is shown of a sequence that nobody has given a content, such as <c>default(ImmutableArray&lt;int&gt;)</c>: going through it fails. Null of any other value.</summary>
    public static string? Uninitialised(object value)
    {
        try
        {
            _ = value is ValueType and IEnumerable items ? items.GetEnumerator() : null;
            return null;
        }
        catch (InvalidOperationException)
        {
            return $"default({value.GetType().Name.Split('`')[0]}<{string.Join(", ", value.GetType().GetGenericArguments().Select(type => type.Name))}>)";
        }
    }

    /// <summary>Whether the items are tuples: .NET Interactive takes an array of them for one tuple.</summary>
    public static bool IsOfTuples(object value) => value is IEnumerable and not string && ItemType(value.GetType()) is { } item && typeof(ITuple).IsAssignableFrom(item);

    /// <summary>The type of a sequence's items; null where it has none.</summary>
    public static Type? ItemType(Type type) => type.GetInterfaces().Append(type)
        .Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>))
        .Select(i => i.GetGenericArguments()[0])
        .FirstOrDefault();

    private static DisplayTable OfFrame(DataFrame frame, int rowLimit)
    {
        var shown = (int)Math.Min(frame.Rows.Count, rowLimit);
        var columns = frame.Columns
            .Select(c => DisplayColumn.Of(c.Name, c.DataType, [.. Enumerable.Range(0, shown).Select(i => c[i])]))
            .ToArray();
        return new DisplayTable(columns, frame.Rows.Count);
    }

    private static DisplayTable OfDataTable(DataTable table, int rowLimit)
    {
        var rows = table.Rows.Cast<DataRow>().Take(rowLimit).ToArray();
        var columns = table.Columns.Cast<System.Data.DataColumn>()
            .Select(c => DisplayColumn.Of(c.ColumnName, c.DataType, [.. rows.Select(row => row.IsNull(c) ? null : row[c])]));
        return new DisplayTable([.. columns], table.Rows.Count);
    }

    private static DisplayTable OfMatrix(Array matrix, int rowLimit)
    {
        var (rows, width) = (matrix.GetLength(0), matrix.GetLength(1));
        var shown = Enumerable.Range(0, Math.Min(rows, rowLimit)).ToArray();
        var columns = Enumerable.Range(0, Math.Min(width, MostColumns))
            .Select(j => DisplayColumn.Of(Index(j), matrix.GetType().GetElementType()!, [.. shown.Select(i => matrix.GetValue(i + matrix.GetLowerBound(0), j + matrix.GetLowerBound(1)))]))
            .ToArray();
        return new DisplayTable(columns, rows) { Remark = width > MostColumns ? string.Create(CultureInfo.InvariantCulture, $"first {MostColumns} of {width:#,0} columns") : null };
    }

    /// <summary>An array of more dimensions: its elements with their indices.</summary>
    private static DisplayTable OfArray(Array array, int rowLimit)
    {
        var indices = new List<int[]>();
        var index = Enumerable.Range(0, array.Rank).Select(array.GetLowerBound).ToArray();
        while (indices.Count < Math.Min(array.LongLength, rowLimit))
        {
            indices.Add([.. index]);
            for (var d = array.Rank - 1; d >= 0 && ++index[d] > array.GetUpperBound(d); d--)
            {
                index[d] = array.GetLowerBound(d);
            }
        }

        var columns = Enumerable.Range(0, array.Rank)
            .Select(d => DisplayColumn.Of($"Index {Index(d)}", typeof(int), [.. indices.Select(i => (object?)i[d])]))
            .Append(DisplayColumn.Of("Value", array.GetType().GetElementType()!, [.. indices.Select(i => array.GetValue(i))]));
        return new DisplayTable([.. columns], array.LongLength);
    }

    private static DisplayTable? OfRows(IEnumerable rows, int rowLimit)
    {
        if (ItemType(rows.GetType()) is not { } type || !IsPlainData(type))
        {
            return null;
        }

        var members = Members(type);
        if (members.Length == 0)
        {
            return null;
        }

        // A query may have no end: what is not shown is counted only where that costs nothing.
        var shown = new List<object?>();
        long? total = rows is ICollection collection ? collection.Count : KnownCount(rows);
        var isMore = false;
        foreach (var row in rows)
        {
            if (shown.Count == rowLimit)
            {
                isMore = true;
                break;
            }

            shown.Add(row);
        }

        var columns = members
            .Select(m => DisplayColumn.Of(HeaderText.Of(m.Name), m.Type, [.. shown.Select(row => row is null ? null : m.Get(row))]))
            .ToArray();
        return new DisplayTable(columns, isMore ? total : shown.Count);
    }

    private static long? KnownCount(IEnumerable rows) =>
        rows.GetType().GetInterfaces().FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IReadOnlyCollection<>))
            ?.GetProperty(nameof(IReadOnlyCollection<>.Count))!.GetValue(rows) is int count ? count : null;

    /// <summary>Properties; of a tuple its elements in their order, also those beyond the seventh.</summary>
    private static (string Name, Type Type, Func<object, object?> Get)[] Members(Type type)
    {
        if (typeof(ITuple).IsAssignableFrom(type))
        {
            return [.. Elements(type).Select((element, i) => ($"Item{Index(i + 1)}", element, (Func<object, object?>)(row => ((ITuple)row)[i])))];
        }

        return
        [
            .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(p => p.CanRead && p.GetIndexParameters().Length == 0)
                .Select(p => (p.Name, p.PropertyType, (Func<object, object?>)p.GetValue)),
        ];
    }

    private static IEnumerable<Type> Elements(Type tuple)
    {
        var elements = tuple.GetGenericArguments();
        return elements.Length < 8 ? elements : elements.Take(7).Concat(Elements(elements[7]));
    }

    /// <summary>Only types whose text is their members': records, anonymous types, tuples, and a dictionary's pairs of plain values.</summary>
    private static bool IsPlainData(Type type) =>
        type.GetMethod("PrintMembers", BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.Instance) is not null // how the compiler marks records
        || type.Name.StartsWith("<>f__AnonymousType", StringComparison.Ordinal)
        || type == typeof(DictionaryEntry)
        || (typeof(ITuple).IsAssignableFrom(type) && type.IsGenericType)
        || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>) && type.GetGenericArguments().All(IsValue));

    private static bool IsValue(Type type) => type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(decimal) || typeof(ITuple).IsAssignableFrom(type);

    private static string Index(int index) => index.ToString(CultureInfo.InvariantCulture);
}
