package control

import (
	"context"
	"reflect"
	"slices"
	"strings"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/types"

	"deckhouse-vsphere/lab/vcenter/internal/vim"
)

// VirtualMachine is a virtual machine or template in GET /virtual-machines. README.md explains the fields.
type VirtualMachine struct {
	Path            string           `json:"path"`
	Template        bool             `json:"template"`
	PowerState      string           `json:"powerState"`
	HardwareVersion string           `json:"hardwareVersion"`
	GuestID         string           `json:"guestId"`
	Annotation      string           `json:"annotation"`
	Cluster         string           `json:"cluster"`
	Host            string           `json:"host"`
	Datastore       string           `json:"datastore"`
	Disks           []Disk           `json:"disks"`
	NetworkAdapters []NetworkAdapter `json:"networkAdapters"`
	CDROMs          []string         `json:"cdroms"`
}

// Disk is a virtual disk.
type Disk struct {
	Bytes      int64  `json:"bytes"`
	Thin       bool   `json:"thin"`
	Controller string `json:"controller"`
}

// NetworkAdapter is a network adapter with the name of its network.
type NetworkAdapter struct {
	Type    string `json:"type"`
	Network string `json:"network"`
}

// VirtualMachines lists all virtual machines and templates by path.
func (changer *Changer) VirtualMachines() []VirtualMachine {
	list := []VirtualMachine{}
	for _, entity := range changer.Access.Map.All("VirtualMachine") {
		machine, isMachine := entity.(*simulator.VirtualMachine)
		if !isMachine {
			continue
		}
		call := &simulator.Context{Context: context.Background(), Map: changer.Access.Map}
		changer.Access.Map.WithLock(call, machine, func() {
			if machine.Config != nil && machine.Runtime.Host != nil {
				list = append(list, changer.describe(machine))
			}
		})
	}
	slices.SortFunc(list, func(a, b VirtualMachine) int { return strings.Compare(a.Path, b.Path) })
	return list
}

func (changer *Changer) describe(machine *simulator.VirtualMachine) VirtualMachine {
	described := VirtualMachine{
		Path:            changer.Access.Path(machine.Self),
		Template:        machine.Config.Template,
		PowerState:      string(machine.Runtime.PowerState),
		HardwareVersion: machine.Config.Version,
		GuestID:         machine.Config.GuestId,
		Annotation:      machine.Config.Annotation,
		Host:            changer.name(*machine.Runtime.Host),
		Disks:           []Disk{},
		NetworkAdapters: []NetworkAdapter{},
		CDROMs:          []string{},
	}
	if lineage := changer.Access.Lineage(*machine.Runtime.Host); len(lineage) > 1 {
		described.Cluster = changer.name(lineage[1])
	}
	if len(machine.Datastore) > 0 {
		described.Datastore = changer.name(machine.Datastore[0])
	}
	for _, device := range machine.Config.Hardware.Device {
		switch device := device.(type) {
		case *types.VirtualDisk:
			described.Disks = append(described.Disks, disk(device, machine.Config.Hardware.Device))
		case types.BaseVirtualEthernetCard:
			described.NetworkAdapters = append(described.NetworkAdapters, NetworkAdapter{
				Type: typeName(device), Network: changer.networkName(machine, device.(types.BaseVirtualDevice)),
			})
		case *types.VirtualCdrom:
			file := ""
			if backing, isISO := device.Backing.(*types.VirtualCdromIsoBackingInfo); isISO {
				file = backing.FileName
			}
			described.CDROMs = append(described.CDROMs, file)
		}
	}
	return described
}

func disk(device *types.VirtualDisk, devices []types.BaseVirtualDevice) Disk {
	described := Disk{Bytes: device.CapacityInBytes}
	if backing, isFlat := device.Backing.(*types.VirtualDiskFlatVer2BackingInfo); isFlat && backing.ThinProvisioned != nil {
		described.Thin = *backing.ThinProvisioned
	}
	for _, controller := range devices {
		if controller.GetVirtualDevice().Key == device.ControllerKey {
			described.Controller = typeName(controller)
		}
	}
	return described
}

func (changer *Changer) networkName(machine *simulator.VirtualMachine, adapter types.BaseVirtualDevice) string {
	if network := changer.Access.Network(machine.Self, adapter); network != nil {
		return changer.name(*network)
	}
	return ""
}

func (changer *Changer) name(reference vim.Reference) string {
	entity, exists := changer.Access.Entity(reference)
	if !exists {
		return ""
	}
	return entity.Entity().Name
}

func typeName(device any) string {
	return reflect.TypeOf(device).Elem().Name()
}
