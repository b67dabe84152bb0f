using System.Globalization;
using System.Text.Json;
using Ndt.Measurement;
using Ndt.Records;

namespace Ndt.Tests.Commands;

/// <summary>Event files, read by a reader that is not ours: TFRecord, CRC-32C and protobuf in plain Python (Debian has no TensorBoard).</summary>
[Trait("Category", "Integration")]
public sealed class TensorBoardTests
{
    // TFRecord: length, masked CRC-32C of the length, bytes, masked CRC-32C of the bytes. An Event has its step in field 2, its file
    // version in 3 and its summary in 5; of that field 1 is a value with its tag in 1 and a float in 2.
    private const string Reader = """
        import glob, json, struct, sys
        table = []
        for i in range(256):
            for _ in range(8):
                i = i >> 1 ^ (0x82F63B78 if i & 1 else 0)
            table.append(i)
        def masked(data):
            crc = 0xFFFFFFFF
            for byte in data:
                crc = table[(crc ^ byte) & 255] ^ crc >> 8
            crc ^= 0xFFFFFFFF
            return ((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF
        def fields(data):
            at = 0
            def varint():
                nonlocal at
                value = shift = 0
                while True:
                    byte = data[at]; at += 1
                    value |= (byte & 127) << shift; shift += 7
                    if byte < 128: return value
            while at < len(data):
                key = varint()
                kind = key & 7
                if kind == 0: value = varint()
                elif kind == 1: value = data[at:at + 8]; at += 8
                elif kind == 5: value = data[at:at + 4]; at += 4
                else:
                    assert kind == 2, kind
                    size = varint(); value = data[at:at + size]; at += size
                yield key >> 3, value
        scalars, versions = [], 0
        for path in sorted(glob.glob(sys.argv[1] + '/events.out.tfevents.*')):
            data = open(path, 'rb').read()
            at = 0
            while at < len(data):
                length, = struct.unpack_from('<Q', data, at)
                assert struct.unpack_from('<I', data, at + 8)[0] == masked(data[at:at + 8])
                record = data[at + 12:at + 12 + length]
                assert struct.unpack_from('<I', data, at + 12 + length)[0] == masked(record)
                at += 16 + length
                event = dict(fields(record))
                versions += event.get(3) == b'brain.Event:2'
                for _, value in fields(event.get(5, b'')):
                    item = dict(fields(value))
                    scalars.append([event.get(2, 0), item[1].decode(), struct.unpack('<f', item.get(2, b'\0\0\0\0'))[0]])
        assert versions > 0
        print(json.dumps(scalars))
        """;

    [Fact]
    public async Task A_run_and_its_resumption_leave_every_point_of_the_record_once()
    {
        using var folder = new TemporaryFolder();
        var (board, first, second) = (folder.PathOf("board"), folder.PathOf("first"), folder.PathOf("second"));
        Assert.Equal(0, NdtProcess.Run("train", "transformer_shallow", "mnist", "--steps", "11", "--checkpoint-steps", "6", "--device", "cpu", "--out", first, "--tensorboard", board).Code);
        var target = Path.Combine(board, "transformer_shallow_mnist_s0");
        var others = Path.Combine(target, "events.out.tfevents.of.others");
        CheckAgainst(RecordParquet.Read(Path.Combine(first, "transformer_shallow_mnist_s0.parquet")), Scalars(target));

        await File.WriteAllBytesAsync(others, [], TestContext.Current.CancellationToken);
        var checkpoint = Path.Combine(first, "checkpoints", "transformer_shallow_mnist_s0", "step_00006.safetensors");
        Assert.Equal(0, NdtProcess.Run("train", "--resume", checkpoint, "--out", second, "--tensorboard", board).Code);
        CheckAgainst(RecordParquet.Read(Path.Combine(second, "transformer_shallow_mnist_s0.parquet")), Scalars(target));
        Assert.True(File.Exists(others));
    }

    [Fact]
    public void A_sweep_leaves_a_folder_for_each_run_and_no_folder_that_cannot_be_made()
    {
        using var folder = new TemporaryFolder();
        string[] sweep = ["sweep", "--architectures", "mlp_narrow", "--datasets", "mnist", "--protocols", "study", "--seeds", "0,1", "--steps", "6", "--workers", "1"];
        var (code, _, error) = NdtProcess.Run([.. sweep, "--out", folder.PathOf("records"), "--tensorboard", folder.PathOf("board")]);
        Assert.True(code == 0, error);
        foreach (var name in new[] { "mlp_narrow_mnist_s0", "mlp_narrow_mnist_s1" })
        {
            CheckAgainst(RecordParquet.Read(folder.PathOf("records", "study", $"{name}.parquet")), Scalars(folder.PathOf("board", "study", name)));
        }

        File.WriteAllText(folder.PathOf("file"), "");
        (code, _, error) = NdtProcess.Run(["train", "mlp_narrow", "mnist", "--steps", "2", "--out", folder.PathOf("out"), "--tensorboard", folder.PathOf("file", "board")]);
        Assert.Equal(2, code);
        Assert.Contains("--tensorboard", error, StringComparison.Ordinal);
    }

    private static void CheckAgainst(RunRecord record, IReadOnlyList<(int Step, string Tag, float Value)> scalars)
    {
        var found = scalars.ToDictionary(scalar => (scalar.Step, scalar.Tag), scalar => scalar.Value);
        var expected = new Dictionary<(int, string), float>();
        for (var i = 0; i < record.Points.Count; i++)
        {
            var point = record.Points[i];
            (string, double)[] ofRun = [("loss/train", point.Loss), ("loss/probe", point.ProbeLoss), ("accuracy/probe", point.ProbeAccuracy), ("gradient_norm/train", point.GradientNorm)];
            foreach (var (tag, value) in ofRun.Where(item => point.Updates > 0 || !double.IsNaN(item.Item2)))
            {
                expected.Add((point.Updates, tag), (float)value);
            }

            foreach (var layer in record.Layers)
            {
                foreach (var metric in layer.Metrics)
                {
                    expected.Add((point.Updates, $"{metric.Name()}/{layer.Name}{(layer.View == "study" ? "" : " (token_mean)")}"), (float)layer[metric][i]);
                }
            }
        }

        expected.Add((record.Metadata.Steps, "accuracy/validation"), (float)record.Metadata.FinalAccuracy);
        Assert.Equal(expected.OrderBy(item => item.Key), found.OrderBy(item => item.Key));
    }

    private static List<(int Step, string Tag, float Value)> Scalars(string folder)
    {
        var output = PythonTool.Output(PythonTool.WithModules(), "-c", Reader, folder);
        using var json = JsonDocument.Parse(output.Replace("NaN", "null", StringComparison.Ordinal));
        return [.. json.RootElement.EnumerateArray().Select(item => (item[0].GetInt32(), item[1].GetString()!, item[2].ValueKind == JsonValueKind.Null ? float.NaN : float.Parse(item[2].GetRawText(), CultureInfo.InvariantCulture)))];
    }
}
