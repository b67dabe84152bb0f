namespace Ndt.Cli.Pages;

/// <summary>A heading of a page, for its table of contents.</summary>
internal readonly record struct PageHeading(int Level, string Text, string Id);
