// Package files serves the files of datastores at /folder, as vCenter does for uploads and downloads.
package files

import (
	"errors"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25"
	"github.com/vmware/govmomi/vim25/soap"

	"deckhouse-vsphere/lab/vcenter/internal/authorization"
	"deckhouse-vsphere/lab/vcenter/internal/vim"
)

// Prefix is where the paths of all files begin: /folder/PATH?dcPath=DATACENTER&dsName=DATASTORE
// (vSphere Web Services SDK Programming Guide, "HTTP access to vSphere server files").
const Prefix = "/folder/"

// Handler serves the files. Contents are streamed: an ISO file is larger than memory should be.
type Handler struct {
	Access   *vim.Access
	Sessions vim.Sessions
	Client   *vim25.Client // in process, to look up paths
}

// ServeHTTP handles one transfer for the user of a SOAP session.
func (handler *Handler) ServeHTTP(writer http.ResponseWriter, request *http.Request) {
	user, known := handler.user(request)
	if !known {
		answer(writer, http.StatusUnauthorized)
		return
	}
	datastore := handler.datastore(request)
	if datastore == nil {
		answer(writer, http.StatusNotFound)
		return
	}
	needed, allowed := privileges[request.Method]
	if !allowed {
		answer(writer, http.StatusMethodNotAllowed)
		return
	}
	if !handler.Access.Allows(user, datastore.Self, needed) {
		answer(writer, http.StatusForbidden)
		return
	}
	// Cleaning the path as an absolute one keeps it inside the datastore.
	inside := path.Clean("/" + strings.TrimPrefix(request.URL.Path, Prefix))
	file := filepath.Join(datastore.Summary.Url, filepath.FromSlash(inside))
	switch request.Method {
	case http.MethodPut:
		receive(writer, request, file)
	case http.MethodDelete:
		remove(writer, file)
	default:
		send(writer, request, file)
	}
}

// privileges are those of the vSphere Security guide ("Datastore Privileges").
var privileges = map[string]string{
	http.MethodGet:    authorization.BrowseDatastore,
	http.MethodHead:   authorization.BrowseDatastore,
	http.MethodPut:    authorization.ManageFiles,
	http.MethodDelete: authorization.ManageFiles,
}

func (handler *Handler) user(request *http.Request) (string, bool) {
	cookie, err := request.Cookie(soap.SessionCookieName)
	if err != nil {
		return "", false
	}
	for _, session := range handler.Sessions.All() {
		if session.Key == cookie.Value {
			return session.UserName, true
		}
	}
	return "", false
}

// datastore finds what the query names, or nil.
func (handler *Handler) datastore(request *http.Request) *simulator.Datastore {
	query := request.URL.Query()
	found, err := object.NewSearchIndex(handler.Client).FindByInventoryPath(request.Context(), query.Get("dcPath"))
	if err != nil || found == nil {
		return nil
	}
	datacenter, isDatacenter := handler.Access.Map.Get(found.Reference()).(*simulator.Datacenter)
	if !isDatacenter {
		return nil
	}
	for _, reference := range datacenter.Datastore {
		datastore, exists := handler.Access.Map.Get(reference).(*simulator.Datastore)
		if exists && datastore.Name == query.Get("dsName") {
			return datastore
		}
	}
	return nil
}

// receive writes an upload. Its directory has to exist, and what arrives of a broken one is removed.
func receive(writer http.ResponseWriter, request *http.Request, file string) {
	status := http.StatusOK
	if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) {
		status = http.StatusCreated
	}
	created, err := os.OpenFile(file, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		refuse(writer, err)
		return
	}
	_, err = io.Copy(created, request.Body)
	if err = errors.Join(err, created.Close()); err != nil {
		_ = os.Remove(file)
		refuse(writer, err)
		return
	}
	answer(writer, status)
}

func remove(writer http.ResponseWriter, file string) {
	if err := os.Remove(file); err != nil {
		refuse(writer, err)
		return
	}
	writer.WriteHeader(http.StatusNoContent)
}

func send(writer http.ResponseWriter, request *http.Request, file string) {
	opened, err := os.Open(file)
	if err != nil {
		refuse(writer, err)
		return
	}
	defer opened.Close()
	info, err := opened.Stat()
	if err != nil || info.IsDir() {
		answer(writer, http.StatusNotFound)
		return
	}
	writer.Header().Set("Content-Type", "application/octet-stream")
	http.ServeContent(writer, request, "", info.ModTime(), opened)
}

func refuse(writer http.ResponseWriter, err error) {
	if errors.Is(err, fs.ErrNotExist) {
		answer(writer, http.StatusNotFound)
		return
	}
	answer(writer, http.StatusInternalServerError)
}

func answer(writer http.ResponseWriter, status int) {
	if status < http.StatusBadRequest {
		writer.WriteHeader(status)
		return
	}
	http.Error(writer, http.StatusText(status), status)
}
