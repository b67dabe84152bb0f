using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Ndt.Checkpoints;

namespace Ndt.PhaseTwo;

/// <summary>The hash by which a network's state is recognised, whatever kind of file it lies in.</summary>
public static class StateHash
{
    /// <summary>
    /// SHA-256 as 64 lower-case hexadecimal digits, over each tensor of the model by ordinal order of names: name and type in UTF-8, each ended by a zero byte; the number of
    /// dimensions and each of them as a little-endian int64; the elements, little-endian and row-major.
    /// </summary>
    public static string Of(Checkpoint state)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var tensor in state.Model.OrderBy(tensor => tensor.Name, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{tensor.Name}\0{tensor.TypeName}\0"));
            Append(tensor.Shape.Length);
            foreach (var size in tensor.Shape)
            {
                Append(size);
            }

            hash.AppendData(tensor.Bytes.Span);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());

        void Append(long number)
        {
            Span<byte> bytes = stackalloc byte[sizeof(long)];
            BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
            hash.AppendData(bytes);
        }
    }
}
