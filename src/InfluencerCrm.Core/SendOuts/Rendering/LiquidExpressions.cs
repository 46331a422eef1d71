namespace InfluencerCrm.Core.SendOuts.Rendering;

/// <summary>An expression of the closed language that templates may use: nothing here reaches code, files or types.</summary>
internal abstract record Expression
{
    public abstract object? Value(LiquidRun run);

    /// <summary>The variable without a value that leaves a hole in this expression, or null.</summary>
    public virtual string? Missing(LiquidRun run) => null;

    public virtual bool Uses(string variable) => false;
}

internal sealed record Constant(object? Content) : Expression
{
    public override object? Value(LiquidRun run) => Content;
}

/// <summary>A name of the allow-list.</summary>
internal sealed record Variable(string Name, Func<TemplateValues, object?> Read) : Expression
{
    public override object? Value(LiquidRun run) => Read(run.Values);

    public override string? Missing(LiquidRun run) => LiquidValues.IsBlank(Value(run)) ? Name : null;

    public override bool Uses(string variable) => variable == Name;
}

/// <summary>A name that the template itself gave, by <c>assign</c>, <c>capture</c> or <c>for</c>.</summary>
internal sealed record LocalVariable(string Name) : Expression
{
    public override object? Value(LiquidRun run) => run[Name].Value;

    public override string? Missing(LiquidRun run) => run[Name].Missing;
}

/// <summary><c>asset.name</c> and <c>asset.url</c> of a loop over <c>assets</c>.</summary>
internal sealed record AssetMember(string Name, string Member) : Expression
{
    public override object? Value(LiquidRun run) =>
        run[Name].Value is AssetValues asset ? Of(asset, Member) : null;

    public override string? Missing(LiquidRun run) => LiquidValues.IsBlank(Value(run)) ? $"{Name}.{Member}" : null;

    public static string Of(AssetValues asset, string member) => member == "url" ? asset.Url : asset.Name;
}

internal sealed record ListSize(Expression List) : Expression
{
    public override object? Value(LiquidRun run) => List.Value(run) is IReadOnlyList<object> list ? (decimal)list.Count : 0m;
}

internal sealed record Filtered(Expression Input, LiquidFilter Filter, IReadOnlyList<Expression> Arguments) : Expression
{
    public override object? Value(LiquidRun run) => Filter.Apply(run, Input.Value(run), [.. Arguments.Select(a => a.Value(run))]);

    public override string? Missing(LiquidRun run)
    {
        var missing = Input.Missing(run);
        // A default that is written out, even an empty one, is the author's decision.
        if (Filter.IsDefault)
            return missing is null ? null : Arguments[0].Missing(run);

        return missing ?? Arguments.Select(a => a.Missing(run)).FirstOrDefault(m => m is not null);
    }

    public override bool Uses(string variable) => Input.Uses(variable) || Arguments.Any(a => a.Uses(variable));
}

internal enum Comparison
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Contains,
    And,
    Or,
}

internal sealed record Binary(Expression Left, Comparison Operator, Expression Right) : Expression
{
    public override object? Value(LiquidRun run)
    {
        if (Operator is Comparison.And or Comparison.Or)
        {
            var left = LiquidValues.IsTrue(Left.Value(run));
            return left == (Operator is Comparison.Or) ? left : LiquidValues.IsTrue(Right.Value(run));
        }

        var (a, b) = (Left.Value(run), Right.Value(run));
        run.Charge(a is string or MarkdownValue ? run.TextOf(a).Length : 1);
        return Operator switch
        {
            Comparison.Equal => LiquidValues.AreEqual(run, a, b),
            Comparison.NotEqual => !LiquidValues.AreEqual(run, a, b),
            Comparison.Contains => LiquidValues.Contains(run, a, b),
            _ => LiquidValues.Order(a, b) is { } order && Operator switch
            {
                Comparison.Less => order < 0,
                Comparison.LessOrEqual => order <= 0,
                Comparison.Greater => order > 0,
                _ => order >= 0,
            },
        };
    }
}

internal sealed record Not(Expression Operand) : Expression
{
    public override object? Value(LiquidRun run) => !LiquidValues.IsTrue(Operand.Value(run));
}

internal static class LiquidValues
{
    /// <summary>Nothing to show. Unlike in Liquid, an empty text counts as absent everywhere: an author means both by "no city".</summary>
    public static bool IsBlank(object? value) => value is null || (value is string text && string.IsNullOrWhiteSpace(text));

    public static bool IsTrue(object? value) => value switch
    {
        bool flag => flag,
        IReadOnlyList<object> list => list.Count > 0,
        _ => !IsBlank(value),
    };

    public static bool AreEqual(LiquidRun run, object? a, object? b)
    {
        if (IsBlank(a) || IsBlank(b))
            return IsBlank(a) && IsBlank(b);

        return Order(a, b) is { } order ? order == 0 : string.Equals(run.TextOf(a), run.TextOf(b), StringComparison.Ordinal);
    }

    public static bool Contains(LiquidRun run, object? all, object? part)
    {
        if (IsBlank(all) || IsBlank(part))
            return false;

        return all is IReadOnlyList<object> list
            ? list.Any(item => AreEqual(run, item, part))
            : run.TextOf(all).Contains(run.TextOf(part), StringComparison.Ordinal);
    }

    /// <summary>Null where the two have no order: only numbers and dates have one.</summary>
    public static int? Order(object? a, object? b) => (a, b) switch
    {
        (decimal x, decimal y) => x.CompareTo(y),
        (DateTime x, DateTime y) => x.CompareTo(y),
        _ => null,
    };
}
