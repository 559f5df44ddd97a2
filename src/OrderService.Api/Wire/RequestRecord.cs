using System.Text.Json;
using OrderService.Domain;

namespace OrderService.Api.Wire;

/// <summary>
/// The body of a call as it came, every member read and none judged: members are <see cref="Given{T}"/>, and <see cref="BodyReader{T}"/>
/// fills them by their names on the wire. Its <see cref="RequestRules{T}"/> judge it.
/// </summary>
internal abstract record RequestRecord
{
    /// <summary>Why the body could not be read at all; everything else is empty then.</summary>
    internal OrderError? Fault { get; set; }

    /// <summary>
    /// The name of the first member that the record has not; null where there is none. What is to be said about it, the rules say.
    /// </summary>
    internal string? Stranger { get; set; }

    /// <summary>Looks at the call that the body came with, before it is judged, where that says more.</summary>
    internal virtual void Meet(HttpContext context)
    {
    }
}

/// <summary>A body whose client may have fields of its own in it: they are kept byte for byte.</summary>
internal abstract record OpenRequestRecord : RequestRecord
{
    /// <summary>The client's own fields: a JSON object with their text as it came, or null where there are none.</summary>
    internal string? ClientFields { get; set; }

    /// <summary>True where the text of a member that was read is kept among the client's own fields too.</summary>
    internal abstract bool KeepsSpelling(string name);

    /// <summary>
    /// Looks at a field that the record has not: true where it is kept, and why the body is refused where it must not be there.
    /// </summary>
    internal abstract bool KeepsOther(string name, ref Utf8JsonReader value, out OrderError? refusal);
}

/// <summary>A body whose text is wanted as it came, beside what was read of it.</summary>
internal interface IKeepsBody
{
    /// <summary>The whole of it.</summary>
    ReadOnlyMemory<byte> Body { set; }
}

/// <summary>Says that null is a value of this record's members, not their absence, whatever the dialect's style.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class NullIsGivenAttribute : Attribute;

/// <summary>
/// Says how a member's value is read, where that is not the <c>TryParse</c> of its type: by a method of a text, or of a
/// <see cref="WireValue"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ReadByAttribute(Type type, string method = "TryParse") : Attribute
{
    /// <summary>The type that has the method.</summary>
    public Type Type => type;

    /// <summary>The method.</summary>
    public string Method => method;
}
