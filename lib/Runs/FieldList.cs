namespace Ndt.Runs;

/// <summary>Lists in the files that describe runs.</summary>
internal static class FieldList
{
    /// <summary>The values; at least one, and none twice.</summary>
    /// <exception cref="InputException">There is none, or one stands there twice; names the field.</exception>
    public static IReadOnlyList<T> Distinct<T>(string field, IReadOnlyList<T> values)
    {
        if (values.Count == 0)
        {
            throw new InputException($"field {field} is empty; expected at least one entry");
        }

        return values.GroupBy(value => value).FirstOrDefault(group => group.Count() > 1) is { Key: var twice }
            ? throw new InputException($"field {field} holds {twice} twice")
            : values;
    }
}
