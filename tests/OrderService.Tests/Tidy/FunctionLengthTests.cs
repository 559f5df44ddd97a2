using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace OrderService.Tests.Tidy;

/// <summary>A function stays on one screen.</summary>
public sealed class FunctionLengthTests
{
    private const int LinesMax = 70;

    [Fact]
    public void No_function_is_longer_than_70_lines() =>
        TidyTests.Sources("src").SelectMany(f => TooLong(string.Join('\n', f.Lines)).Select(function => $"{f.Path}: {function}"))
            .ShouldBeEmpty();

    [Theory]
    [InlineData("int F()\n{", 67, "}", "")]
    [InlineData("int F()\n{", 68, "}", "F: 71")]
    [InlineData("[Attribute]\n// why\nint F()\n{", 67, "}", "")] // what is said of it is no part of it
    [InlineData("F()\n: base()\n{", 68, "}", "F: 72")]
    [InlineData("int P { get\n{", 68, "} }", "get: 71")]
    [InlineData("int P =>\n1", 70, ";", "P: 73")]
    [InlineData("void G() { void L()\n{", 68, "} }", "G: 71,L: 71")]
    [InlineData("class Inner { int F()\n{", 68, "} }", "F: 71")]
    public void A_function_that_is_too_long_is_found(string begins, int lines, string ends, string found) =>
        string.Join(',', TooLong($"class F\n{{\n{begins}\n{new string('\n', lines)}{ends}\n}}")).ShouldBe(found);

    private static IEnumerable<string> TooLong(string source) =>
        CSharpSyntaxTree.ParseText(source).GetRoot().DescendantNodes().Select(node => (Name: NameOf(node), Lines: LinesOf(node)))
            .Where(function => function.Name is not null && function.Lines > LinesMax)
            .Select(function => FormattableString.Invariant($"{function.Name}: {function.Lines}"));

    private static string? NameOf(SyntaxNode node) => node switch
    {
        MethodDeclarationSyntax method => method.Identifier.Text,
        ConstructorDeclarationSyntax constructor => constructor.Identifier.Text,
        OperatorDeclarationSyntax or ConversionOperatorDeclarationSyntax or IndexerDeclarationSyntax => node.Kind().ToString(),
        PropertyDeclarationSyntax { ExpressionBody: not null } property => property.Identifier.Text,
        AccessorDeclarationSyntax accessor => accessor.Keyword.Text,
        LocalFunctionStatementSyntax local => local.Identifier.Text,
        _ => null,
    };

    // From its first word, after its attributes and comments, to its last.
    private static int LinesOf(SyntaxNode node)
    {
        var begins = node.ChildNodesAndTokens().First(part => !part.IsKind(SyntaxKind.AttributeList)).Span.Start;
        var lines = node.SyntaxTree.GetText().Lines;
        return lines.GetLineFromPosition(node.Span.End).LineNumber - lines.GetLineFromPosition(begins).LineNumber + 1;
    }
}
