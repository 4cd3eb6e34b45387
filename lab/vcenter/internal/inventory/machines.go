package inventory

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vmware/govmomi/vim25/types"
)

// VirtualMachine is a virtual machine or a template.
type VirtualMachine struct {
	Name            string  `yaml:"name"`
	Folder          string  `yaml:"folder"` // below the folder for virtual machines
	Cluster         string  `yaml:"cluster"`
	Datastore       string  `yaml:"datastore"`
	Network         string  `yaml:"network"`         // of its only adapter; without it there is none
	DiskGigabytes   []int64 `yaml:"diskGigabytes"`   // 2^30 bytes each
	HardwareVersion int     `yaml:"hardwareVersion"` // 15 for vmx-15
	Annotation      string  `yaml:"annotation"`
	Template        bool    `yaml:"template"`
	PoweredOn       bool    `yaml:"poweredOn"`
	Tools           string  `yaml:"tools"` // guest.toolsVersionStatus2, "guestToolsUnmanaged" for example
}

const defaultHardwareVersion = 19

// Version returns the hardware version as vCenter writes it.
func (machine VirtualMachine) Version() string {
	if machine.HardwareVersion == 0 {
		return fmt.Sprintf("vmx-%02d", defaultHardwareVersion)
	}
	return fmt.Sprintf("vmx-%02d", machine.HardwareVersion)
}

// Validate finds what cannot be built whatever else there is.
func (machine VirtualMachine) Validate() error {
	switch {
	case machine.Name == "":
		return fmt.Errorf("a virtual machine has no name")
	case machine.Cluster == "":
		return fmt.Errorf("virtual machine %q: cluster is missing", machine.Name)
	case machine.Datastore == "":
		return fmt.Errorf("virtual machine %q: datastore is missing", machine.Name)
	case machine.Template && machine.PoweredOn:
		return fmt.Errorf("virtual machine %q: a template cannot be powered on", machine.Name)
	case machine.HardwareVersion < 0:
		return fmt.Errorf("virtual machine %q: hardwareVersion is %d, it must be a number such as 15", machine.Name, machine.HardwareVersion)
	}
	if known := (types.VirtualMachineToolsVersionStatus("")).Strings(); machine.Tools != "" && !slices.Contains(known, machine.Tools) {
		return fmt.Errorf("virtual machine %q: tools is %q, not one of %s", machine.Name, machine.Tools, strings.Join(known, ", "))
	}
	for _, gigabytes := range machine.DiskGigabytes {
		if gigabytes <= 0 {
			return fmt.Errorf("virtual machine %q: a disk of %d gigabytes is too small", machine.Name, gigabytes)
		}
	}
	return nil
}
