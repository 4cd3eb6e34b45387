package vim

import (
	"context"
	"strings"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25"
	"github.com/vmware/govmomi/vim25/types"

	"deckhouse-vsphere/lab/vcenter/internal/guest"
)

// Machines shows simulated guests their virtual machines.
type Machines struct {
	Access *Access
	Client *vim25.Client // in process
}

// Describe returns the path and the state of a machine, or false when it is gone.
func (machines *Machines) Describe(machine Reference) (string, string, bool) {
	found, exists := machines.Access.Map.Get(machine).(*simulator.VirtualMachine)
	if !exists {
		return "", "", false
	}
	state := guest.PoweredOff
	machines.Access.Map.WithLock(machines.call(), found, func() {
		switch {
		case found.Config.Template:
			state = guest.Template
		case found.Runtime.PowerState == types.VirtualMachinePowerStatePoweredOn:
			state = guest.PoweredOn
		}
	})
	return machines.Access.Path(machine), state, true
}

// ReportAddress fills in what VMware Tools report of an installed system with an address.
func (machines *Machines) ReportAddress(ctx context.Context, machine Reference, address string) {
	found, exists := machines.Access.Map.Get(machine).(*simulator.VirtualMachine)
	if !exists {
		return
	}
	call := machines.call()
	machines.Access.Map.WithLock(call, found, func() {
		// The power goes under the same lock.
		if ctx.Err() == nil {
			call.Update(found, runningTools(found, address))
		}
	})
}

// PowerOff turns a machine off; one that is off already, or gone, stays so.
func (machines *Machines) PowerOff(machine Reference) {
	task, err := object.NewVirtualMachine(machines.Client, machine).PowerOff(context.Background())
	if err == nil {
		_ = task.Wait(context.Background())
	}
}

// call makes the context of a call of our own: locks of the simulator are held on behalf of one.
func (machines *Machines) call() *simulator.Context {
	return &simulator.Context{Context: context.Background(), Map: machines.Access.Map}
}

func runningTools(machine *simulator.VirtualMachine, address string) []types.PropertyChange {
	adapters := append([]types.GuestNicInfo{}, machine.Guest.Net...)
	for position := range adapters {
		adapters[position].MacAddress = strings.ToLower(adapters[position].MacAddress)
		adapters[position].Connected = true
		if position > 0 {
			continue // one address is enough, and only the first adapter is wired up
		}
		adapters[position].IpAddress = []string{address}
		adapters[position].IpConfig = &types.NetIpConfigInfo{IpAddress: []types.NetIpConfigInfoIpAddress{{
			IpAddress: address, PrefixLength: 8, State: string(types.NetIpConfigInfoIpAddressStatusPreferred),
		}}}
	}
	return append(toolsStatus(
		types.VirtualMachineToolsStatusToolsOk,
		types.VirtualMachineToolsRunningStatusGuestToolsRunning,
		types.VirtualMachineToolsVersionStatusGuestToolsUnmanaged, // open-vm-tools belong to the distribution
		types.VirtualMachineGuestStateRunning,
	), []types.PropertyChange{
		{Name: "guest.ipAddress", Val: address},
		{Name: "summary.guest.ipAddress", Val: address},
		{Name: "guest.net", Val: adapters},
	}...)
}

// stoppedTools is what remains of a guest when the power goes.
func stoppedTools(machine *simulator.VirtualMachine) []types.PropertyChange {
	adapters := append([]types.GuestNicInfo{}, machine.Guest.Net...)
	for position := range adapters {
		adapters[position].IpAddress, adapters[position].IpConfig = nil, nil
	}
	status, version := types.VirtualMachineToolsStatusToolsNotRunning, types.VirtualMachineToolsVersionStatusGuestToolsUnmanaged
	if machine.Guest.ToolsStatus == types.VirtualMachineToolsStatusToolsNotInstalled {
		status, version = machine.Guest.ToolsStatus, types.VirtualMachineToolsVersionStatusGuestToolsNotInstalled
	}
	return append(toolsStatus(
		status, types.VirtualMachineToolsRunningStatusGuestToolsNotRunning, version, types.VirtualMachineGuestStateNotRunning,
	), []types.PropertyChange{
		{Name: "guest.ipAddress", Val: ""},
		{Name: "summary.guest.ipAddress", Val: ""},
		{Name: "guest.net", Val: adapters},
	}...)
}

func toolsStatus(
	status types.VirtualMachineToolsStatus, running types.VirtualMachineToolsRunningStatus,
	version types.VirtualMachineToolsVersionStatus, state types.VirtualMachineGuestState,
) []types.PropertyChange {
	return []types.PropertyChange{
		{Name: "guest.toolsStatus", Val: status},
		{Name: "summary.guest.toolsStatus", Val: status},
		{Name: "guest.toolsRunningStatus", Val: string(running)},
		{Name: "summary.guest.toolsRunningStatus", Val: string(running)},
		{Name: "guest.toolsVersionStatus2", Val: string(version)},
		{Name: "summary.guest.toolsVersionStatus2", Val: string(version)},
		{Name: "guest.guestState", Val: string(state)},
	}
}
