// Package vcenter holds the default inventory of the lab's simulated vCenter.
package vcenter

import _ "embed" // for the default inventory

// DefaultInventory is the inventory of the worked example, used when the command line names no other.
//
//go:embed inventory.yaml
var DefaultInventory []byte
