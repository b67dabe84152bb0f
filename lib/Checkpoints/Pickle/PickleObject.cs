namespace Ndt.Checkpoints.Pickle;

/// <summary>
/// A placeholder for an object of a class that is not ours: what the pickle would hand to the class, and nothing that the class
/// would make of it.
/// </summary>
/// <param name="typeName">The class or the function that would make it, such as <c>argparse.Namespace</c>.</param>
internal sealed class PickleObject(string typeName)
{
    public string TypeName { get; } = typeName;

    /// <summary>What the class would be made with, without its constructor called; nothing of what a function would be called with.</summary>
    public object?[] Arguments { get; init; } = [];

    /// <summary>The attributes: a dictionary as a rule.</summary>
    public object? State { get; set; }

    /// <summary>The items of a class derived from a dictionary.</summary>
    public PickleDictionary? Items { get; set; }

    /// <summary>The items of a class derived from a list.</summary>
    public List<object?>? Elements { get; set; }

    /// <summary>The attributes by name, those in slots among them.</summary>
    public IEnumerable<(string Name, object? Value)> Attributes => State switch
    {
        PickleDictionary attributes => attributes.Entries,
        object?[] parts => parts.OfType<PickleDictionary>().SelectMany(part => part.Entries),
        _ => [],
    };

    /// <summary>The dictionary that is the attribute of that name, or null.</summary>
    public PickleDictionary? Dictionary(string name) => (State as PickleDictionary)?.Find(name) as PickleDictionary;
}
