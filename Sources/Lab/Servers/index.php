<?php
// The storage application of the practice country: a login, a session, and a list of the user's files behind it.
require $_SERVER['APPLICATION'];
session_name('DISKSESSION');
session_start();
header('Cache-Control: no-store');
$wrong = false;
if ($_SERVER['REQUEST_METHOD'] === 'POST') {
    $given = hash('sha256', (string)($_POST['password'] ?? ''));
    if (($_POST['user'] ?? '') === USER && hash_equals(SECRET, $given)) {
        session_regenerate_id(true);
        $_SESSION['user'] = USER;
    } else {
        $wrong = true;
    }
}
$title = htmlspecialchars(TITLE);
?>
<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title><?= $title ?></title>
<style>body { font-family: sans-serif; background: #eef1f4 } form { width: 20em; margin: 6em auto; padding: 2em; background: #fff }</style>
</head><body>
<?php if (isset($_SESSION['user'])): ?>
<h1><?= $title ?></h1>
<ul>
<?php foreach (HOME === '' ? [] : (scandir(__DIR__ . HOME) ?: []) as $name): if ($name[0] === '.') continue; ?>
<li><?= htmlspecialchars($name) ?></li>
<?php endforeach ?>
</ul>
<?php else: ?>
<form method="post" action="/">
<h1><?= $title ?></h1>
<?php if ($wrong): ?><p>Wrong name or password.</p><?php endif ?>
<p><label>Name <input type="text" name="user" value="<?= HOME === '' ? '' : htmlspecialchars(USER) ?>"></label></p>
<p><label>Password <input type="password" name="password"></label></p>
<p><button type="submit">Sign in</button></p>
<?php if (PICTURE !== ''): ?><p><img src="<?= htmlspecialchars(PICTURE) ?>" alt="" width="240"></p><?php endif ?>
</form>
<?php endif ?>
</body></html>
