namespace Ndt.Data;

/// <summary>Words as numbers: 0 pads, 1 stands for every unknown word, and from 2 on the most frequent words in falling order of frequency.</summary>
internal sealed class NewsVocabulary
{
    /// <summary>The number that fills a short text.</summary>
    public const int Padding = 0;

    /// <summary>The number of every word outside the vocabulary.</summary>
    public const int Unknown = 1;

    /// <summary>Words of the study's vocabulary, besides the two above.</summary>
    public const int Words = 5000;

    private readonly Dictionary<string, int> ids;

    private NewsVocabulary(Dictionary<string, int> ids) => this.ids = ids;

    /// <summary>Numbers in use, padding and unknown among them.</summary>
    public int Size => ids.Count + 2;

    /// <summary>The <paramref name="words"/> most frequent words of <paramref name="articles"/>; of equally frequent ones those that appear first, as Python's <c>Counter.most_common</c> has it.</summary>
    public static NewsVocabulary Build(IEnumerable<NewsArticle> articles, int words = Words)
    {
        // CountBy keeps the order of first appearance, and the sort is stable.
        var chosen = articles.SelectMany(article => article.Tokens).CountBy(token => token).OrderByDescending(pair => pair.Value).Take(words);
        return new NewsVocabulary(chosen.Select((pair, rank) => (pair.Key, Id: rank + 2)).ToDictionary(pair => pair.Key, pair => pair.Id));
    }

    /// <summary>How often each word of the vocabulary stands in a text, the most frequent word of the vocabulary first, into <paramref name="target"/>; unknown words are not counted.</summary>
    public void Count(IReadOnlyList<string> tokens, Span<float> target)
    {
        target.Clear();
        foreach (var token in tokens)
        {
            if (ids.TryGetValue(token, out var id))
            {
                target[id - 2]++;
            }
        }
    }

    /// <summary>The numbers of the first words into <paramref name="target"/>, the rest of which is padded.</summary>
    public void Encode(IReadOnlyList<string> tokens, Span<float> target)
    {
        for (var i = 0; i < target.Length; i++)
        {
            target[i] = i < tokens.Count ? ids.GetValueOrDefault(tokens[i], Unknown) : Padding;
        }
    }
}
