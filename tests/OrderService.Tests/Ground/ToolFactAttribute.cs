namespace OrderService.Tests.Ground;

/// <summary>A test by a program of the machine's, such as kubectl. It is skipped only where that is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ToolFactAttribute : FactAttribute
{
    public ToolFactAttribute(string tool)
    {
        Tool = tool;
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        if (!folders.Any(folder => File.Exists(Path.Combine(folder, tool)))) Skip = $"This machine has no {tool}.";
    }

    /// <summary>Its name in the PATH.</summary>
    public string Tool { get; }
}
