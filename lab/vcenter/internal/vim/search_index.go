package vim

import (
	"strings"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

// visibleSearchIndex stands beside the simulator's search index, which must stay in its place because the simulator
// asks for its exact type. The gate redirects calls to this one.
var visibleSearchIndex = Reference{Type: "SearchIndex", Value: "VisibleSearchIndex"}

// SearchIndex finds only objects that the caller may see. Names are compared with regard to case, as the simulator
// does (row 28: what a real vCenter does is not known, so nobody may depend on it).
type SearchIndex struct {
	simulator.SearchIndex

	access *Access
}

// InstallSearchIndex registers the search index that respects System.View.
func InstallSearchIndex(access *Access) {
	index := &SearchIndex{access: access}
	index.Self = visibleSearchIndex
	access.Map.Put(index)
}

// FindByInventoryPath answers with nothing for a path that does not exist or that the caller does not see.
func (index *SearchIndex) FindByInventoryPath(ctx *simulator.Context, request *types.FindByInventoryPath) soap.HasFault {
	body := index.SearchIndex.FindByInventoryPath(ctx, request)
	if found, ok := body.(*methods.FindByInventoryPathBody); ok && found.Res != nil {
		if found.Res.Returnval == nil {
			found.Res.Returnval = index.inDatastoreCluster(ctx, request.InventoryPath)
		}
		found.Res.Returnval = index.onlyVisible(ctx, found.Res.Returnval)
	}
	return body
}

// inDatastoreCluster finds a datastore in a datastore cluster, which is a folder too (row 41).
func (index *SearchIndex) inDatastoreCluster(ctx *simulator.Context, path string) *Reference {
	path = strings.TrimSuffix(path, "/")
	slash := strings.LastIndex(path, "/")
	if slash < 0 {
		return nil
	}
	above, isFound := index.SearchIndex.FindByInventoryPath(ctx, &types.FindByInventoryPath{InventoryPath: path[:slash]}).(*methods.FindByInventoryPathBody)
	if !isFound || above.Res == nil || above.Res.Returnval == nil {
		return nil
	}
	return childInDatastoreCluster(ctx, *above.Res.Returnval, path[slash+1:])
}

func childInDatastoreCluster(ctx *simulator.Context, reference Reference, name string) *Reference {
	pod, isPod := ctx.Map.Get(reference).(*simulator.StoragePod)
	if !isPod {
		return nil
	}
	child := ctx.Map.FindByName(name, pod.ChildEntity)
	if child == nil {
		return nil
	}
	found := child.Reference()
	return &found
}

// FindChild answers with nothing for a child that does not exist or that the caller does not see.
func (index *SearchIndex) FindChild(ctx *simulator.Context, request *types.FindChild) soap.HasFault {
	body := index.SearchIndex.FindChild(ctx, request)
	if found, ok := body.(*methods.FindChildBody); ok && found.Res != nil {
		if found.Res.Returnval == nil {
			found.Res.Returnval = childInDatastoreCluster(ctx, request.Entity, request.Name)
		}
		found.Res.Returnval = index.onlyVisible(ctx, found.Res.Returnval)
	}
	return body
}

func (index *SearchIndex) onlyVisible(ctx *simulator.Context, found *Reference) *Reference {
	if found == nil || !index.access.Sees(Caller(ctx), *found) {
		return nil
	}
	return found
}
