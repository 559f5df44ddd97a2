namespace OrderService.Api.Wire;

/// <summary>The dialects that this service speaks, the native one first.</summary>
internal sealed class Dialects(IReadOnlyList<IDialect> all)
{
    private readonly (PathString Path, IDialect Dialect)[] _paths =
        [.. all.SelectMany(dialect => dialect.BasePaths.Select(path => (Path: path, Dialect: dialect)))
            .OrderByDescending(p => p.Path.Value!.Length)];

    /// <summary>All of them.</summary>
    public IReadOnlyList<IDialect> All => all;

    /// <summary>Their documents, each once.</summary>
    public IEnumerable<DialectDocument> Documents => all.Select(dialect => dialect.Document).Distinct();

    /// <summary>Whose path it is; null where it is nobody's.</summary>
    public IDialect? Find(PathString path) => Array.Find(_paths, p => path.StartsWithSegments(p.Path)).Dialect;

    /// <summary>How a refusal is told to a request that no route answered: as whose path it is does, else as the native API.</summary>
    public ErrorShape ShapeOf(HttpContext context) => (Find(context.Request.Path) ?? all[0]).ShapeOf(context);
}
