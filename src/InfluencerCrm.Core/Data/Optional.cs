using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using InfluencerCrm.Core.Errors;

namespace InfluencerCrm.Core.Data;

/// <summary>Tells an optional request value from its untyped side.</summary>
public interface IOptional
{
    bool IsSet { get; }

    object? Value { get; }
}

/// <summary>A member of a request that may be absent: absent leaves what is there, null empties it.</summary>
[JsonConverter(typeof(OptionalConverterFactory))]
public readonly struct Optional<T>(T value) : IOptional, IEquatable<Optional<T>>
{
    public bool IsSet { get; } = true;

    public T Value { get; } = value;

    object? IOptional.Value => Value;

    /// <summary>The sent value, or <paramref name="current"/> where none was sent.</summary>
    public T Or(T current) => IsSet ? Value : current;

    /// <exception cref="RuleViolation">Nothing, or null, was sent.</exception>
    [return: NotNull]
    public T Required(string target) =>
        IsSet && Value is not null ? Value : throw new RuleViolation("required", $"{target} must be given.", target);

    public bool Equals(Optional<T> other) => IsSet == other.IsSet && EqualityComparer<T>.Default.Equals(Value, other.Value);

    public override bool Equals(object? obj) => obj is Optional<T> other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(IsSet, Value);

    public static bool operator ==(Optional<T> left, Optional<T> right) => left.Equals(right);

    public static bool operator !=(Optional<T> left, Optional<T> right) => !left.Equals(right);

    [SuppressMessage("Usage", "CA2225", Justification = "new Optional<T>(value) is the named alternate.")]
    public static implicit operator Optional<T>(T value) => new(value);
}

internal sealed class OptionalConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Optional<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;

    private sealed class Converter<T> : JsonConverter<Optional<T>>
    {
        public override bool HandleNull => true;

        public override Optional<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.Null && default(T) is not null)
            {
                throw new JsonException("null is not a value here.");
            }

            try
            {
                return new Optional<T>(JsonSerializer.Deserialize<T>(ref reader, options)!);
            }
            catch (JsonException exception)
            {
                // Without a path of its own, so that the serializer names the member this stands in.
                throw new JsonException(exception.Message);
            }
        }

        public override void Write(Utf8JsonWriter writer, Optional<T> value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.Value, options);
    }
}
