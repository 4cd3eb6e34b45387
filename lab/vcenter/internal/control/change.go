package control

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Change is one out-of-band change; which fields count depends on the operation. A field that is missing in an
// update leaves things as they are.
type Change struct {
	Operation       string    `json:"operation"`
	Category        string    `json:"category"`
	Tag             string    `json:"tag"`
	Path            string    `json:"path"`
	Name            string    `json:"name"`
	NewName         *string   `json:"newName"`
	Description     *string   `json:"description"`
	Cardinality     *string   `json:"cardinality"`
	AssociableTypes *[]string `json:"associableTypes"`
	Principal       string    `json:"principal"`
	Group           bool      `json:"group"`
	Role            string    `json:"role"`
	Propagate       *bool     `json:"propagate"`
	Privileges      *[]string `json:"privileges"`
	Clusters        []string  `json:"clusters"`
	Hosts           []string  `json:"hosts"`
	Folder          string    `json:"folder"`
	Cluster         string    `json:"cluster"`
	Datastore       string    `json:"datastore"`
	Network         string    `json:"network"`
	DiskGigabytes   []int64   `json:"diskGigabytes"`
	HardwareVersion int       `json:"hardwareVersion"`
	Annotation      string    `json:"annotation"`
	Template        bool      `json:"template"`
	PoweredOn       bool      `json:"poweredOn"`
	StoragePolicy   string    `json:"storagePolicy"`
	ID              string    `json:"id"`
	DatastorePod    string    `json:"datastoreCluster"`
	PortGroups      []string  `json:"portGroups"`
	Tools           string    `json:"tools"`
	Member          string    `json:"member"`
	Enabled         *bool     `json:"enabled"`
	Maintenance     *bool     `json:"maintenance"`
	Connected       *bool     `json:"connected"`
	Mounted         *bool     `json:"mounted"`
	Accessible      *bool     `json:"accessible"`
	Writable        *bool     `json:"writable"`
	Version         string    `json:"version"`
	Build           string    `json:"build"`
	User            string    `json:"user"`
	Password        string    `json:"password"`
}

var operations = map[string]func(*Changer, context.Context, Change) error{
	"attachTag":        (*Changer).attachTag,
	"detachTag":        (*Changer).detachTag,
	"createCategory":   (*Changer).createCategory,
	"updateCategory":   (*Changer).updateCategory,
	"deleteCategory":   (*Changer).deleteCategory,
	"createTag":        (*Changer).createTag,
	"updateTag":        (*Changer).updateTag,
	"deleteTag":        (*Changer).deleteTag,
	"setPermission":    (*Changer).setPermission,
	"removePermission": (*Changer).removePermission,
	"createRole":       (*Changer).createRole,
	"updateRole":       (*Changer).updateRole,
	"removeRole":       (*Changer).removeRole,
	"renameObject":     (*Changer).renameObject,
	"removeObject":     (*Changer).removeObject,
	"addDatastore":     (*Changer).addDatastore,

	"createVirtualMachine": (*Changer).createVirtualMachine,
	"powerOff":             (*Changer).powerOff,

	"createStoragePolicy": (*Changer).createStoragePolicy,
	"removeStoragePolicy": (*Changer).removeStoragePolicy,

	"addFolder":       (*Changer).addFolder,
	"addResourcePool": (*Changer).addResourcePool,
	"addNetwork":      (*Changer).addNetwork,
	"addSwitch":       (*Changer).addSwitch,
	"takeNetwork":     (*Changer).takeNetwork,
	"setHost":         (*Changer).setHost,
	"setMount":        (*Changer).setMount,
	"setDrs":          (*Changer).setDRS,

	"addPrincipal":        (*Changer).addPrincipal,
	"removePrincipal":     (*Changer).removePrincipal,
	"addMember":           (*Changer).addMember,
	"removeMember":        (*Changer).removeMember,
	"setGlobalPermission": (*Changer).setGlobalPermission,
	"addPrivileges":       (*Changer).addPrivileges,
	"removePrivileges":    (*Changer).removePrivileges,

	"setVersion":      (*Changer).setVersion,
	"setPassword":     (*Changer).setPassword,
	"setInstanceUuid": (*Changer).setInstanceUUID,
}

// Apply makes the changes in order and stops at the first that fails; those before it stay.
func (changer *Changer) Apply(ctx context.Context, changes []Change) error {
	for position, change := range changes {
		operation, known := operations[change.Operation]
		if !known {
			names := slices.Sorted(maps.Keys(operations))
			return fmt.Errorf("change %d: operation %q is not one of %s", position+1, change.Operation, strings.Join(names, ", "))
		}
		if err := operation(changer, ctx, change); err != nil {
			return fmt.Errorf("change %d (%s): %w", position+1, change.Operation, err)
		}
	}
	return nil
}
