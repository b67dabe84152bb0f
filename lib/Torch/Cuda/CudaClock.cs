namespace Ndt.Torch.Cuda;

/// <summary>Times of the device's own work, by CUDA events: they are set on the device as it gets to them, and nothing waits for them before they are read.</summary>
internal sealed class CudaClock(CudaDriver driver) : DeviceClock
{
    private readonly List<nint> events = [];
    private int used;

    public override void Restart() => used = 0;

    public override int Mark()
    {
        if (used == events.Count)
        {
            events.Add(driver.CreateEvent());
        }

        driver.Record(events[used]);
        return used++;
    }

    public override double Seconds(int from, int to)
    {
        driver.Wait(events[to]);
        return driver.Seconds(events[from], events[to]);
    }

    public override void Dispose()
    {
        events.ForEach(driver.Destroy);
        events.Clear();
    }
}
