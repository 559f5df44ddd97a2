using System.Globalization;
using System.Text;
using Npgsql;
using OrderService.Engine.Persistence;

namespace OrderService.Engine.Orders;

/// <summary>
/// The conditions of a statement that selects orders. Their values are parameters of it, which {0}, {1} and {2} stand for.
/// </summary>
internal sealed class OrderConditions(NpgsqlCommand command)
{
    private readonly StringBuilder _text = new();

    public void And(string condition) => _text.Append(" AND ").Append(condition);

    public void And<T>(T value, string condition) => Append(condition, Add(value));

    public void And<T1, T2>(T1 first, T2 second, string condition) => Append(condition, Add(first), Add(second));

    public void And<T1, T2, T3>(T1 first, T2 second, T3 third, string condition) =>
        Append(condition, Add(first), Add(second), Add(third));

    /// <summary>Each with the AND that it begins with.</summary>
    public override string ToString() => _text.ToString();

    private string Add<T>(T value)
    {
        command.Add(value);
        return string.Create(CultureInfo.InvariantCulture, $"${command.Parameters.Count}");
    }

    private void Append(string condition, params string[] names) =>
        _text.Append(" AND ").AppendFormat(CultureInfo.InvariantCulture, condition, names);
}
