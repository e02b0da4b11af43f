using MediatR;
using Platform.QuickSwabs.Contracts;

namespace Platform.QuickSwabs.Devices;

internal sealed class DeviceOfCommonList(DeviceList devices) : IRequestHandler<DeviceIsOfCommonList, bool>
{
    public async Task<bool> Handle(DeviceIsOfCommonList request, CancellationToken cancellationToken) =>
        (await devices.Find(request.Jrc, request.Day, cancellationToken))?.Valid.On(request.Day) == true;
}
