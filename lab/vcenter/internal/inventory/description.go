// Package inventory describes what a simulated vCenter contains, and reads that description from YAML.
package inventory

// Description is a whole vCenter.
type Description struct {
	Datacenters []Datacenter `yaml:"datacenters"`
	Users       []User       `yaml:"users"`
	Groups      []Group      `yaml:"groups"`
	Categories  []Category   `yaml:"categories"`
	Roles       []Role       `yaml:"roles"`
	Permissions []Permission `yaml:"permissions"`

	StoragePolicies []StoragePolicy `yaml:"storagePolicies"`
}

// Datacenter is a datacenter with what it holds. Names may contain "/": vCenter stores it as "%2f".
type Datacenter struct {
	Name            string           `yaml:"name"`
	Folder          string           `yaml:"folder"` // below the root folder, "Europe/West" for example
	FolderNames     FolderNames      `yaml:"folderNames"`
	Clusters        []Cluster        `yaml:"clusters"`
	StandaloneHosts []string         `yaml:"standaloneHosts"` // in no cluster; they mount nothing and are on no switch
	Datastores      []Datastore      `yaml:"datastores"`
	Switches        []Switch         `yaml:"switches"`
	Networks        []string         `yaml:"networks"` // standard networks, on all hosts
	VMFolders       []string         `yaml:"vmFolders"`
	VirtualMachines []VirtualMachine `yaml:"virtualMachines"`
}

// FolderNames are the names of a datacenter's own four folders. An empty one is the name that vCenter gives: vm, host,
// datastore, network.
type FolderNames struct {
	VM        string `yaml:"vm"`
	Host      string `yaml:"host"`
	Datastore string `yaml:"datastore"`
	Network   string `yaml:"network"`
}

// Cluster is a cluster of hosts, which are named after it: x1_cluster_prod_host_1.
type Cluster struct {
	Name          string   `yaml:"name"`
	Folder        string   `yaml:"folder"` // below the host folder
	Hosts         int      `yaml:"hosts"`
	ResourcePools []string `yaml:"resourcePools"` // below the root pool: "kubernetes/prod"
}

// Datastore is mounted by the hosts of the named clusters and by the named hosts, or by all hosts of the datacenter
// when none are named. One host makes it a local datastore.
type Datastore struct {
	Name     string   `yaml:"name"`
	Folder   string   `yaml:"folder"` // below the datastore folder
	Clusters []string `yaml:"clusters"`
	Hosts    []string `yaml:"hosts"`
}

// Switch is a distributed switch with its port groups, on all hosts of the datacenter.
type Switch struct {
	Name       string   `yaml:"name"`
	PortGroups []string `yaml:"portGroups"`
}

// User can log in. Without a password a random one is drawn.
type User struct {
	Name       string   `yaml:"name"`
	Password   string   `yaml:"password"`
	Groups     []string `yaml:"groups"`
	GlobalRole string   `yaml:"globalPermissions"` // role of a Global Permission
}

// Group holds users.
type Group struct {
	Name       string `yaml:"name"`
	GlobalRole string `yaml:"globalPermissions"`
}

// Category is a tag category with its tags.
type Category struct {
	Name            string   `yaml:"name"`
	Description     string   `yaml:"description"`
	Cardinality     string   `yaml:"cardinality"` // SINGLE (default) or MULTIPLE
	AssociableTypes []string `yaml:"associableTypes"`
	Tags            []Tag    `yaml:"tags"`
}

// Tag is a tag and the inventory paths of the objects that carry it.
type Tag struct {
	Name        string   `yaml:"name"`
	Description string   `yaml:"description"`
	AttachedTo  []string `yaml:"attachedTo"`
}

// Role is a set of privileges.
type Role struct {
	Name       string   `yaml:"name"`
	Privileges []string `yaml:"privileges"`
}

// Permission gives a principal a role on an object; it propagates unless told otherwise.
type Permission struct {
	Path      string `yaml:"path"`
	Principal string `yaml:"principal"`
	Group     bool   `yaml:"group"`
	Role      string `yaml:"role"`
	Propagate *bool  `yaml:"propagate"`
}

// StoragePolicy is a storage policy beside those that every vCenter has. Without an id a random one is drawn.
type StoragePolicy struct {
	Name        string `yaml:"name"`
	ID          string `yaml:"id"` // a UUID
	Description string `yaml:"description"`
}

// Propagates gives the default: as with govc's permissions.set, a permission propagates.
func (permission Permission) Propagates() bool {
	return permission.Propagate == nil || *permission.Propagate
}
