using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ndt.Cli.Notebooks.Checking;

/// <summary>
/// Compares what a notebook's cells say now with what it has stored: output by output, each in all its forms. Of a figure the data
/// and the layout are compared; its still image and its HTML are drawn from them, with fonts of this machine.
/// </summary>
internal sealed class OutputComparison(NumberTolerance tolerance)
{
    /// <summary>The tag of cells whose outputs differ from run to run and are not compared.</summary>
    public const string VolatileTag = "volatile";

    /// <summary>All differences, from top to bottom; <paramref name="now"/> is the same notebook, run again.</summary>
    public IReadOnlyList<OutputDifference> Compare(NotebookDocument stored, NotebookDocument now) =>
        [.. stored.Cells.Zip(now.Cells).Where(p => p.First.IsCode).SelectMany(p => Compare(p.First, p.Second))];

    private IEnumerable<OutputDifference> Compare(NotebookCell stored, NotebookCell now)
    {
        var cell = string.Create(CultureInfo.InvariantCulture, $"cell[{now.ExecutionCount ?? stored.ExecutionCount ?? 0}]");
        if (!now.MayFail && CellOutputs.Of(now).FirstOrDefault(IsError) is { } error)
        {
            return [new OutputDifference(cell, $"fails, and is not tagged {NotebookCell.RaisesTag}", null, ErrorText(error))];
        }

        if (stored.Tags.Contains(VolatileTag))
        {
            return [];
        }

        return stored.ExecutionCount is null && now.ExecutionCount is not null
            ? [new OutputDifference(cell, "run", "(stored without having been run)", "(has run)")]
            : Outputs(CellOutputs.Of(stored), CellOutputs.Of(now)).Select(difference => difference with { Cell = cell });
    }

    private IEnumerable<OutputDifference> Outputs(IReadOnlyList<JsonObject> stored, IReadOnlyList<JsonObject> now)
    {
        var (i, j) = (0, 0);
        while (i < stored.Count || j < now.Count)
        {
            // Where kinds differ, the longer list has one too many here.
            var (before, after) = (stored.ElementAtOrDefault(i), now.ElementAtOrDefault(j));
            var (left, right) = (stored.Count - i, now.Count - j);
            var differ = before is null || after is null || Kind(before) != Kind(after);
            var place = string.Create(CultureInfo.InvariantCulture, $"output {(before is null || (differ && left < right) ? j : i) + 1}");
            if (!differ)
            {
                foreach (var difference in Forms(before!, after!, $"{place} ({Kind(before!)})"))
                {
                    yield return difference;
                }
            }
            else
            {
                yield return new OutputDifference("", place, left < right ? null : Kind(before!), left > right ? null : Kind(after!));
            }

            i += differ && left < right ? 0 : 1;
            j += differ && left > right ? 0 : 1;
        }
    }

    private IEnumerable<OutputDifference> Forms(JsonObject stored, JsonObject now, string place)
    {
        if (CellOutputs.StreamName(stored) is not null)
        {
            return Lines(MultilineText.Read(stored["text"]), MultilineText.Read(now["text"]), place);
        }

        if (IsError(stored))
        {
            return Lines(ErrorText(stored), ErrorText(now), place);
        }

        var (before, after) = (Data(stored), Data(now));
        var drawn = before.ContainsKey(ChartData.MimeType) && after.ContainsKey(ChartData.MimeType);
        return before.Select(form => form.Key).Union(after.Select(form => form.Key))
            .Where(type => !drawn || !(type == "text/html" || type.StartsWith("image/", StringComparison.Ordinal)))
            .SelectMany(type => (before.ContainsKey(type), after.ContainsKey(type)) switch
            {
                (false, _) => [new OutputDifference("", place, null, type)],
                (_, false) => [new OutputDifference("", place, type, null)],
                _ => Form(type, before[type], after[type], $"{place}, {type}"),
            });
    }

    private IEnumerable<OutputDifference> Form(string type, JsonNode? stored, JsonNode? now, string place)
    {
        if (type == ChartData.MimeType)
        {
            return Values(Drawing(stored), Drawing(now), place).Take(1);
        }

        if (type.EndsWith("json", StringComparison.Ordinal))
        {
            return Values(Parsed(stored), Parsed(now), place).Take(1);
        }

        var (before, after) = (MultilineText.Read(stored), MultilineText.Read(now));
        if (!type.StartsWith("image/", StringComparison.Ordinal) || type == "image/svg+xml")
        {
            return Lines(before, after, place);
        }

        return Image(before, after, type) is { } seen ? [new OutputDifference("", place, "an image", $"another image ({seen})")] : [];
    }

    private static string? Image(string stored, string now, string type)
    {
        var (before, after) = (new byte[stored.Length], new byte[now.Length]);
        if (!Convert.TryFromBase64String(stored, before, out var length) || !Convert.TryFromBase64String(now, after, out var lengthNow))
        {
            return stored == now ? null : "not base64";
        }

        (before, after) = (before[..length], after[..lengthNow]);
        return before.AsSpan().SequenceEqual(after) ? null : type == "image/png" ? PixelComparison.Difference(before, after) : "other bytes";
    }

    private IEnumerable<OutputDifference> Lines(string stored, string now, string place)
    {
        var (before, after) = (Split(stored), Split(now));
        for (var i = 0; i < Math.Max(before.Length, after.Length); i++)
        {
            var (a, b) = (before.ElementAtOrDefault(i), after.ElementAtOrDefault(i));
            if (a is null || b is null || !tolerance.AreEqual(a, b))
            {
                yield return new OutputDifference("", string.Create(CultureInfo.InvariantCulture, $"{place}, line {i + 1}"), a, b);
            }
        }

        static string[] Split(string text) => text.Length == 0 ? [] : text.TrimEnd('\n').Split('\n').Select(line => line.TrimEnd('\r')).ToArray();
    }

    /// <summary>Differences of two JSON values.</summary>
    private IEnumerable<OutputDifference> Values(JsonNode? stored, JsonNode? now, string place)
    {
        switch (stored, now)
        {
            case (JsonObject a, JsonObject b) when a.Count == b.Count && a.All(m => b.ContainsKey(m.Key)):
                return a.SelectMany(m => Values(m.Value, b[m.Key], $"{place}.{m.Key}"));
            case (JsonArray a, JsonArray b) when a.Count == b.Count:
                return a.Index().SelectMany(m => Values(m.Item, b[m.Index], string.Create(CultureInfo.InvariantCulture, $"{place}[{m.Index}]")));
            case (JsonValue a, JsonValue b) when a.GetValueKind() == JsonValueKind.Number && b.GetValueKind() == JsonValueKind.Number:
                return tolerance.AreEqualNumbers(a.ToJsonString(), b.ToJsonString()) ? [] : Differ();
            case (JsonValue a, JsonValue b) when a.GetValueKind() == JsonValueKind.String && b.GetValueKind() == JsonValueKind.String:
                return tolerance.AreEqual(a.ToString(), b.ToString()) ? [] : Differ();
            default:
                return JsonNode.DeepEquals(stored, now) ? [] : Differ();
        }

        OutputDifference[] Differ() => [new OutputDifference("", place, Short(stored), Short(now))];
    }

    private static JsonObject Data(JsonObject output) => output["data"] as JsonObject ?? [];

    private static bool IsError(JsonObject output) => output["output_type"]?.ToString() == "error";

    private static string ErrorText(JsonObject error) => $"{error["ename"]}: {error["evalue"]}";

    private static string Kind(JsonObject output) => CellOutputs.StreamName(output) ?? output["output_type"]?.ToString() ?? "";

    private static JsonNode? Drawing(JsonNode? figure) => figure is JsonObject members ? new JsonObject(members.Where(m => m.Key != "config").Select(m => KeyValuePair.Create(m.Key, m.Value?.DeepClone()))) : figure;

    /// <summary>JSON that was shown as its text means the same as the value itself.</summary>
    private static JsonNode? Parsed(JsonNode? json)
    {
        try
        {
            return MultilineText.Read(json) is { Length: > 0 } text ? StrictJson.Parse(text) : json;
        }
        catch (Exception e) when (e is JsonException or System.Text.DecoderFallbackException)
        {
            return json;
        }
    }

    private static string Short(JsonNode? node)
    {
        const int most = 80;
        var text = node?.ToJsonString() ?? "(nothing)";
        return text.Length <= most ? text : string.Concat(text.AsSpan(0, most), "…");
    }
}
