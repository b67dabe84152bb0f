namespace Ndt;

/// <summary>Where fetched and derived files are kept between runs: <c>$XDG_CACHE_HOME/ndt</c>, or <c>~/.cache/ndt</c> when that variable is unset.</summary>
public static class CacheFolder
{
    /// <summary>What a message about the cache ends with.</summary>
    internal const string Advice = "set XDG_CACHE_HOME to a folder that can";

    /// <summary>The cache's root; not created by asking.</summary>
    public static string Root
    {
        get
        {
            var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
            if (string.IsNullOrEmpty(cache))
            {
                cache = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
            }

            return Path.Combine(cache, "ndt");
        }
    }
}
