// Package inventory describes what a simulated vCenter contains, and reads that description from YAML.
package inventory

// Description is a whole vCenter.
type Description struct {
	VCenter     VCenter      `yaml:"vcenter"`
	Datacenters []Datacenter `yaml:"datacenters"`
	Users       []User       `yaml:"users"`
	Groups      []Group      `yaml:"groups"`
	Categories  []Category   `yaml:"categories"`
	Roles       []Role       `yaml:"roles"`
	Permissions []Permission `yaml:"permissions"`

	StoragePolicies []StoragePolicy `yaml:"storagePolicies"`
}

// VCenter is what a vCenter says of itself. What is left out is that of a vCenter 8.0.
type VCenter struct {
	Version           string   `yaml:"version"` // "7.0.3"
	Build             string   `yaml:"build"`
	LackingPrivileges []string `yaml:"lackingPrivileges"` // that this vCenter does not know
	ExtraPrivileges   []string `yaml:"extraPrivileges"`   // that it knows in addition, as from a plugin
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
	Networks        []Network        `yaml:"networks"`
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
	DRS           *bool    `yaml:"drs"`           // on unless it says false; without it there are no resource pools
	Maintenance   []string `yaml:"maintenance"`   // names of hosts in maintenance mode
	Disconnected  []string `yaml:"disconnected"`  // names of hosts that vCenter does not reach
}

// HasDRS gives the default: DRS is on.
func (cluster Cluster) HasDRS() bool {
	return cluster.DRS == nil || *cluster.DRS
}

// Datastore is mounted by the hosts of the named clusters and by the named hosts, or by all hosts of the datacenter
// when none are named. One host makes it a local datastore.
type Datastore struct {
	Name     string   `yaml:"name"`
	Folder   string   `yaml:"folder"`           // below the datastore folder
	Pod      string   `yaml:"datastoreCluster"` // a datastore cluster below the folder, made when there is none
	Clusters []string `yaml:"clusters"`
	Hosts    []string `yaml:"hosts"`

	// Names of hosts that mount it, but not as they should.
	ReadOnly     []string `yaml:"readOnly"`
	Inaccessible []string `yaml:"inaccessible"`
	Unmounted    []string `yaml:"unmounted"`
}

// Switch is a distributed switch with its port groups, on the hosts of the named clusters and on the named hosts, or on
// all hosts of the datacenter when none are named.
type Switch struct {
	Name       string   `yaml:"name"`
	Folder     string   `yaml:"folder"` // below the network folder
	PortGroups []string `yaml:"portGroups"`
	Clusters   []string `yaml:"clusters"`
	Hosts      []string `yaml:"hosts"`
}

// Network is a standard network, on hosts as a Switch is. In YAML it may be just its name.
type Network struct {
	Name     string   `yaml:"name"`
	Folder   string   `yaml:"folder"` // below the network folder
	Clusters []string `yaml:"clusters"`
	Hosts    []string `yaml:"hosts"`
}

// UnmarshalYAML reads a network that is written as its name, or in full.
func (network *Network) UnmarshalYAML(unmarshal func(any) error) error {
	if err := unmarshal(&network.Name); err == nil {
		return nil
	}
	type inFull Network // without this method
	return unmarshal((*inFull)(network))
}

// User can log in. Without a password a random one is drawn.
type User struct {
	Name       string   `yaml:"name"`
	Password   string   `yaml:"password"`
	Groups     []string `yaml:"groups"`
	GlobalRole string   `yaml:"globalPermissions"` // role of a Global Permission
}

// Group holds users and other groups.
type Group struct {
	Name       string   `yaml:"name"`
	Groups     []string `yaml:"groups"` // that it is a member of
	GlobalRole string   `yaml:"globalPermissions"`
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
