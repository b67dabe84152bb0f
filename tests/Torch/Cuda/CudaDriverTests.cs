using Ndt.Torch;
using Ndt.Torch.Cuda;

namespace Ndt.Tests.Torch.Cuda;

public sealed class CudaDriverTests
{
    [Fact]
    public void Devices_are_described_in_the_drivers_order()
    {
        StandInDriver.InitialisationStatus = 0;
        var driver = StandInDriver.Load();
        Assert.Equal((0, 12080), (driver.InitialisationStatus, driver.Version));
        Assert.Equal([new CudaDeviceInfo(0, "First Card", 1L << 34, new Version(9, 0)), new CudaDeviceInfo(1, "Second Card", 2L << 34, new Version(9, 0))], driver.Devices());
    }

    [Fact]
    public void A_failure_names_the_function_and_the_drivers_own_word_for_it()
    {
        StandInDriver.InitialisationStatus = 100;
        var driver = StandInDriver.Load();
        Assert.Equal((100, "CUDA_ERROR_NO_DEVICE", "error 999"), (driver.InitialisationStatus, driver.NameOf(driver.InitialisationStatus), driver.NameOf(999)));
        Assert.Equal("libcuda.so.1: cuDeviceGetCount: CUDA_ERROR_NO_DEVICE", Assert.Throws<WorkFailedException>(driver.Devices).Message);
        StandInDriver.InitialisationStatus = 0;
        Assert.Equal("libcuda.so.1: cuMemGetInfo: CUDA_ERROR_INVALID_CONTEXT", Assert.Throws<WorkFailedException>(() => StandInDriver.Load().MemoryInUse()).Message);
    }

    [Fact]
    public void A_clock_of_events_counts_the_devices_time_and_uses_its_events_again()
    {
        StandInDriver.InitialisationStatus = 0;
        var driver = StandInDriver.Load();
        driver.Use(0);
        using (var clock = new CudaClock(driver))
        {
            Assert.Equal([0, 1, 2], [clock.Mark(), clock.Mark(), clock.Mark()]);
            Assert.Equal(0.004, clock.Seconds(0, 2), 1e-9);
            clock.Restart();
            Assert.Equal([0, 1], [clock.Mark(), clock.Mark()]);
            Assert.Equal(0.002, clock.Seconds(0, 1), 1e-9);
            Assert.Equal(3, StandInDriver.EventsAlive);
        }

        Assert.Equal(0, StandInDriver.EventsAlive);
    }

    [Fact]
    public void The_memory_of_a_run_is_what_was_taken_since_it_began()
    {
        StandInDriver.InitialisationStatus = 0;
        var driver = StandInDriver.Load();
        driver.Use(1);
        StandInDriver.MemoryInUse = 500;
        var memory = DeviceMemory.Watch(driver);
        StandInDriver.MemoryInUse = 1700;
        Assert.Equal(1200, memory.Peak);
        StandInDriver.MemoryInUse = 400;
        Assert.Equal(0, memory.Peak);
        Assert.Null(DeviceMemory.Watch(TorchSharp.torch.CPU).Peak);
    }
}
