using static TorchSharp.torch;

namespace Ndt.Torch;

/// <summary>
/// Keeps a network's buffers while it runs, and puts back what has changed. Some forwards write to them in evaluation mode, too: InstanceNorm's running statistics come back rounded
/// otherwise, and a network of somebody's own may count or collect.
/// </summary>
internal sealed class KeptBuffers : IDisposable
{
    private readonly (Tensor Buffer, Tensor Kept)[] buffers;

    /// <summary>Copies the buffers of a network and of all its modules.</summary>
    public KeptBuffers(nn.Module network)
    {
        using var guard = no_grad();
        buffers = [.. network.buffers().Select(buffer => (buffer, buffer.clone().DetachFromDisposeScope()))];
    }

    /// <summary>Puts them back. What has not changed is not written: autograd may hold it for a backward pass that is still to come.</summary>
    public void Dispose()
    {
        using var guard = no_grad();
        foreach (var (buffer, kept) in buffers)
        {
            using (kept)
            {
                using var equal = buffer.eq(kept);
                using var all = equal.all();
                if (!all.item<bool>())
                {
                    buffer.copy_(kept);
                }
            }
        }
    }
}
