namespace Ndt.Checkpoints.Pickle;

/// <summary>
/// A placeholder for an object of a class that is not ours: what the pickle would hand to the class, and nothing that the class
/// would make of it.
/// </summary>
/// <param name="typeName">The class or the function that would make it, such as <c>argparse.Namespace</c>; cut after 600 letters.</param>
internal sealed class PickleObject(string typeName)
{
    private const int LongestName = 600;

    // "A tensor of a tensor of …" would grow with each call, the next of which takes a few bytes.
    public string TypeName { get; } = typeName.Length > LongestName ? typeName[..LongestName] : typeName;

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
        // Python's state is a pair where there are slots. One of very many parts would be gone through whenever the object is met.
        object?[] { Length: <= 2 } parts => parts.OfType<PickleDictionary>().SelectMany(part => part.Entries),
        _ => [],
    };

    /// <summary>The attribute of that name, or null; not one in slots.</summary>
    public object? Attribute(string name) => (State as PickleDictionary)?.Find(name);

    /// <summary>The dictionary that is the attribute of that name, or null.</summary>
    public PickleDictionary? Dictionary(string name) => Attribute(name) as PickleDictionary;
}
