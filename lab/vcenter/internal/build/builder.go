// Package build makes the inventory that a description asks for in govmomi's simulator.
package build

import (
	"context"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"

	"deckhouse-vsphere/lab/vcenter/internal/inventory"
)

// Builder adds objects to one simulated vCenter. It works in process, without a login.
type Builder struct {
	Service   *simulator.Service
	Directory string // where the files of datastores go

	client *vim25.Client
}

// New connects a builder to a service.
func New(ctx context.Context, service *simulator.Service, directory string) (*Builder, error) {
	client, err := vim25.NewClient(ctx, service)
	if err != nil {
		return nil, fmt.Errorf("connect to the simulator in process: %w", err)
	}
	return &Builder{Service: service, Directory: directory, client: client}, nil
}

// Client is the in-process client; its calls are neither checked nor counted.
func (builder *Builder) Client() *vim25.Client {
	return builder.client
}

// Datacenters builds all datacenters of a description with everything below them.
func (builder *Builder) Datacenters(ctx context.Context, datacenters []inventory.Datacenter) error {
	for _, datacenter := range datacenters {
		if err := builder.datacenter(ctx, datacenter); err != nil {
			return fmt.Errorf("datacenter %q: %w", datacenter.Name, err)
		}
	}
	return nil
}

func (builder *Builder) datacenter(ctx context.Context, wanted inventory.Datacenter) error {
	parent, err := builder.folder(ctx, object.NewRootFolder(builder.client).Reference(), wanted.Folder)
	if err != nil {
		return err
	}
	if builder.child(parent, wanted.Name) != nil {
		return fmt.Errorf("the name is already in use")
	}
	created, err := object.NewFolder(builder.client, parent).CreateDatacenter(ctx, Stored(wanted.Name))
	if err != nil {
		return err
	}
	datacenter := builder.registry().Get(created.Reference()).(*simulator.Datacenter)
	builder.nameFolders(datacenter, wanted.FolderNames)
	hosts, err := builder.clusters(ctx, datacenter, wanted.Clusters)
	if err != nil {
		return err
	}
	if err := builder.standaloneHosts(ctx, datacenter, wanted.StandaloneHosts); err != nil {
		return err
	}
	if err := builder.networks(ctx, datacenter, wanted, hosts); err != nil {
		return err
	}
	for _, folder := range wanted.VMFolders {
		if _, err := builder.folder(ctx, datacenter.VmFolder, folder); err != nil {
			return err
		}
	}
	for _, datastore := range wanted.Datastores {
		if _, err := builder.datastore(ctx, datacenter, datastore, hosts); err != nil {
			return fmt.Errorf("datastore %q: %w", datastore.Name, err)
		}
	}
	return builder.machines(ctx, datacenter, wanted.VirtualMachines)
}

// nameFolders renames the four folders of a datacenter, as an administrator may, or a vCenter of another language does.
func (builder *Builder) nameFolders(datacenter *simulator.Datacenter, names inventory.FolderNames) {
	for _, folder := range []struct {
		reference types.ManagedObjectReference
		name      string
	}{
		{datacenter.VmFolder, names.VM},
		{datacenter.HostFolder, names.Host},
		{datacenter.DatastoreFolder, names.Datastore},
		{datacenter.NetworkFolder, names.Network},
	} {
		if folder.name == "" {
			continue
		}
		entity := builder.registry().Get(folder.reference)
		builder.registry().AtomicUpdate(builder.Service.Context, entity, []types.PropertyChange{
			{Name: "name", Val: Stored(folder.name)},
		})
	}
}

// AddFolder makes a folder below another one, with those between them that are missing.
func (builder *Builder) AddFolder(ctx context.Context, parent types.ManagedObjectReference, path string) error {
	if _, isFolder := builder.registry().Get(parent).(*simulator.Folder); !isFolder {
		return fmt.Errorf("%s is not a folder", parent)
	}
	_, err := builder.folder(ctx, parent, path)
	return err
}

// datacenterAt returns a datacenter that exists, for what is added to it later on.
func (builder *Builder) datacenterAt(reference types.ManagedObjectReference) (*simulator.Datacenter, error) {
	datacenter, isDatacenter := builder.registry().Get(reference).(*simulator.Datacenter)
	if !isDatacenter {
		return nil, fmt.Errorf("%s is not a datacenter", reference)
	}
	return datacenter, nil
}

// folder returns the folder at a path below another one and creates what is missing.
func (builder *Builder) folder(ctx context.Context, parent types.ManagedObjectReference, path string) (types.ManagedObjectReference, error) {
	for _, name := range strings.FieldsFunc(path, func(letter rune) bool { return letter == '/' }) {
		if child := builder.child(parent, name); child != nil {
			parent = child.Reference()
			continue
		}
		created, err := object.NewFolder(builder.client, parent).CreateFolder(ctx, name)
		if err != nil {
			return parent, fmt.Errorf("folder %q: %w", path, err)
		}
		parent = created.Reference()
	}
	return parent, nil
}

func (builder *Builder) child(folder types.ManagedObjectReference, name string) mo.Entity {
	children := builder.registry().Get(folder).(*simulator.Folder).ChildEntity
	return builder.registry().FindByName(Stored(name), children)
}

func (builder *Builder) registry() *simulator.Registry {
	return builder.Service.Context.Map
}

// Stored gives a name the form in which vCenter keeps and returns it: "/", "\" and "%" are written %2f, %5c and %25
// (vSphere Web Services API reference, ManagedEntity.name).
func Stored(name string) string {
	return strings.NewReplacer("%", "%25", "/", "%2f", `\`, "%5c").Replace(name)
}

func (builder *Builder) datastoreDirectory(datacenter *simulator.Datacenter, name string) string {
	return filepath.Join(builder.Directory, url.PathEscape(datacenter.Name), url.PathEscape(name))
}
