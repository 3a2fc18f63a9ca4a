// Judges a ledger with Go's own checksum database packages, which nobody here wrote: the signature of its checkpoint,
// and the root of the tree over its entries.
//
// usage: ledger FOLDER
package main

import (
	"encoding/binary"
	"encoding/base64"
	"fmt"
	"os"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func read(folder, name string) []byte {
	data, err := os.ReadFile(folder + "/" + name)
	check(err)
	return data
}

func main() {
	folder := os.Args[1]
	verifier, err := note.NewVerifier(strings.TrimSpace(string(read(folder, "vkey"))))
	check(err)
	signed, err := note.Open(read(folder, "checkpoint"), note.VerifierList(verifier))
	check(err)
	lines := strings.Split(signed.Text, "\n")
	var size int64
	_, err = fmt.Sscan(lines[1], &size)
	check(err)

	var hashes []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		var found []tlog.Hash
		for _, index := range indexes {
			found = append(found, hashes[index])
		}
		return found, nil
	})
	var count int64
	for number := int64(0); count < size; number++ {
		tile := tlog.Tile{H: 8, L: -1, N: number, W: 256}
		if size-count < 256 {
			tile.W = int(size - count)
		}
		// Go says tile/8/data/..., C2SP says tile/entries/....
		data := read(folder, strings.Replace(tile.Path(), "tile/8/data/", "tile/entries/", 1))
		for len(data) > 0 {
			length := binary.BigEndian.Uint16(data)
			stored, err := tlog.StoredHashes(count, data[2:2+length], reader)
			check(err)
			hashes = append(hashes, stored...)
			data = data[2+length:]
			count++
		}
		// The stored hashes must be those of the tree, too.
		hashTile := tlog.Tile{H: 8, L: 0, N: number, W: tile.W}
		want, err := tlog.ReadTileData(hashTile, reader)
		check(err)
		name := strings.Replace(hashTile.Path(), "tile/8/", "tile/", 1)
		if string(want) != string(read(folder, name)) {
			fmt.Fprintln(os.Stderr, name, "differs")
			os.Exit(1)
		}
	}
	root, err := tlog.TreeHash(size, reader)
	check(err)
	if base64.StdEncoding.EncodeToString(root[:]) != lines[2] {
		fmt.Fprintln(os.Stderr, "the root is another")
		os.Exit(1)
	}
	fmt.Println(verifier.Name(), size)
}
