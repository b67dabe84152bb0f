using System.CommandLine;
using System.Globalization;
using Ndt.Torch;

namespace Ndt.Cli.Commands;

/// <summary><c>ndt devices</c>: where networks can be trained, and why CUDA cannot be used where it cannot.</summary>
internal static class DevicesCommand
{
    internal static Command Create()
    {
        var json = JsonOutput.Option("one JSON object");
        var command = new Command("devices", "Lists the devices that --device can name; where CUDA is not available, says why and what to do.") { json };
        command.SetAction(parsed => Console.Out.Write(parsed.GetValue(json) ? AsJson() : AsText()));
        return command;
    }

    private static string AsText()
    {
        var lines = new List<string> { $"cpu     {Machine.Processor}, {Environment.ProcessorCount} processors" };
        if (TorchDevice.WhyNoCuda is { } reason)
        {
            lines.Add($"cuda    not available: {reason}");
        }
        else
        {
            lines.AddRange(TorchDevice.CudaDevices.Select((device, i) => string.Create(
                CultureInfo.InvariantCulture,
                $"cuda{(i == 0 ? "" : $":{i}"),-4}{device.Name}, {device.MemoryBytes / (1024.0 * 1024 * 1024):F1} GiB, compute capability {device.ComputeCapability}{(i == 0 ? "" : $"; CUDA_VISIBLE_DEVICES={i} makes it the one that --device cuda names")}")));
        }

        lines.Add($"build   libtorch {TorchDevice.LibtorchVersion ?? "(not loaded)"} for {TorchNative.BuiltFor}{(TorchDevice.CudaDriverVersion is { } version ? $"; NVIDIA driver for CUDA {version}" : "")}");
        return string.Concat(lines.Select(line => line + "\n"));
    }

    private static string AsJson() => JsonOutput.Of(writer =>
    {
        var reason = TorchDevice.WhyNoCuda;
        writer.WriteStartObject();
        writer.WriteString("built_for", TorchNative.BuiltFor);
        writer.WriteString("libtorch", TorchDevice.LibtorchVersion);
        writer.WriteStartObject("cpu");
        writer.WriteString("name", Machine.Processor);
        writer.WriteNumber("processors", Environment.ProcessorCount);
        writer.WriteEndObject();
        writer.WriteStartObject("cuda");
        writer.WriteBoolean("available", reason is null);
        writer.WriteString("reason", reason);
        writer.WriteString("driver_serves", TorchDevice.CudaDriverVersion);
        writer.WriteStartArray("devices");
        foreach (var device in TorchDevice.CudaDevices)
        {
            writer.WriteStartObject();
            writer.WriteNumber("ordinal", device.Ordinal);
            writer.WriteString("name", device.Name);
            writer.WriteNumber("memory_bytes", device.MemoryBytes);
            writer.WriteString("compute_capability", device.ComputeCapability.ToString());
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
    });
}
