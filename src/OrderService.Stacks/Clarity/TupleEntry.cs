namespace OrderService.Stacks.Clarity;

/// <summary>One named value of a tuple. The name is a Clarity name of 1 to 128 characters.</summary>
public readonly record struct TupleEntry(string Name, ClarityValue Value)
{
    /// <summary>Lets a tuple be written as a list of pairs.</summary>
    public static implicit operator TupleEntry((string Name, ClarityValue Value) pair) => new(pair.Name, pair.Value);

    /// <summary>The same as the conversion.</summary>
    public static TupleEntry FromValueTuple((string Name, ClarityValue Value) pair) => pair;

    internal static TupleEntry[] Sorted(IReadOnlyList<TupleEntry> entries)
    {
        if (entries.Count == 0) throw new ArgumentException("A Clarity tuple has at least one entry.", nameof(entries));

        TupleEntry[] sorted = [.. entries];
        Array.Sort(sorted, (left, right) => string.CompareOrdinal(left.Name, right.Name));
        for (var i = 0; i < sorted.Length; i++)
        {
            if (!ClarityText.IsName(sorted[i].Name))
                throw new ArgumentException($"\"{sorted[i].Name}\" is not a Clarity name.", nameof(entries));
            if (i > 0 && sorted[i].Name == sorted[i - 1].Name)
                throw new ArgumentException($"\"{sorted[i].Name}\" stands twice.", nameof(entries));
        }
        return sorted;
    }
}
