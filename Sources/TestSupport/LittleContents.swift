/// The tables of a world file that give its storage server a few files, and its log nothing.
package let littleContents = """
    [storage]
    user = "mu"
    first-batch = "2024-01-01"
    last-batch = "2024-01-03"
    files-a-day = [20, 22]
    notes-a-day = [0, 0]
    clips-a-day = [0, 0]
    note-languages = ["zho-Hans", "kor"]
    note-faults = 0
    changes = 0
    removals = 0
    returns = 0
    rewrites = 0
    misnamed = 0

    [storage.stock]
    references = 1
    horses = 0
    pages = 0

    [[storage.production]]
    key = "kite"
    titles = ["Kite"]
    codes = ["KTE"]
    companies = ["Kite Pictures"]
    tradition = "western"
    season = 1
    episode = 1
    weight = 1
    folder = "KTE"
    hidden = false

    [access-log]
    client = []
    other-vpn = []
    other-hosting = []
    """
