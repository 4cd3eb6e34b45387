package guest

import "sync"

// Record is what a guest has seen and done, in the form of GET /guests. README.md explains the fields.
type Record struct {
	Path     string    `json:"path"`
	State    string    `json:"state"`
	Typed    string    `json:"typed"`
	Keys     int       `json:"keys"`
	Fetches  []Fetch   `json:"fetches"`
	Problem  string    `json:"problem"`
	IP       string    `json:"ip"`
	SSHUsers []string  `json:"sshUsers"`
	Commands []Command `json:"commands"`
	Uploads  []Upload  `json:"uploads"`
}

// Fetch is one attempt to get a file over HTTP; the status is 0 when nobody answered.
type Fetch struct {
	URL    string `json:"url"`
	Status int    `json:"status"`
	Bytes  int    `json:"bytes"`
	Error  string `json:"error"`
}

// Command is one command that came over SSH; it has no exit code while it runs or when it was cut off.
type Command struct {
	Command  string `json:"command"`
	ExitCode *int   `json:"exitCode"`
}

// Upload is one file that came over SSH. The content is cut off after keptOfUpload bytes.
type Upload struct {
	Path    string `json:"path"`
	Bytes   int64  `json:"bytes"`
	Content string `json:"content"`
}

const keptOfUpload = 64 << 10

// journal guards a record. It is safe for concurrent use.
type journal struct {
	mutex  sync.Mutex
	record Record
}

func newJournal() *journal {
	return &journal{record: emptyRecord()}
}

// emptyRecord has lists that are written as [] and not as null.
func emptyRecord() Record {
	return Record{Fetches: []Fetch{}, SSHUsers: []string{}, Commands: []Command{}, Uploads: []Upload{}}
}

func (journal *journal) change(change func(*Record)) {
	journal.mutex.Lock()
	defer journal.mutex.Unlock()
	change(&journal.record)
}

func (journal *journal) read() Record {
	journal.mutex.Lock()
	defer journal.mutex.Unlock()
	copied := journal.record
	copied.Fetches = append([]Fetch{}, copied.Fetches...)
	copied.SSHUsers = append([]string{}, copied.SSHUsers...)
	copied.Commands = append([]Command{}, copied.Commands...)
	copied.Uploads = append([]Upload{}, copied.Uploads...)
	return copied
}
