#!/usr/bin/env bash
# Puts a built page into what is published, and keeps that on the branch gh-pages (.github/workflows/pages.yml):
#   scripts/publish.sh DIST SITE branch|tag NAME
# A branch's build goes to the top, a tag's into a folder of its name. A folder that is there is never changed, so old embeds
# stay what they were.
set -euo pipefail

dist=$1 site=$2 kind=$3 name=$4
branch=gh-pages
tries=5

# What is published now, in the folder.
fetch_site() {
  git fetch --quiet origin "+refs/heads/$branch:refs/remotes/origin/$branch" 2>/dev/null || true
  rm -rf "$site"
  git worktree prune
  if git rev-parse --verify --quiet "refs/remotes/origin/$branch" >/dev/null; then
    git worktree add --quiet --force -B "$branch" "$site" "refs/remotes/origin/$branch"
  else
    git worktree add --quiet --force --detach "$site"
    git branch --quiet -D "$branch" 2>/dev/null || true
    git -C "$site" checkout --quiet --orphan "$branch"
    git -C "$site" rm -rfq --ignore-unmatch .
  fi
}

put() {
  if [ "$kind" = tag ]; then
    if [ -e "$site/$name" ]; then
      echo "$name is published already and stays as it is."
    else
      cp -R "$dist" "$site/$name"
    fi
  else
    # All at the top but the versions and what git keeps.
    find "$site" -mindepth 1 -maxdepth 1 ! -name .git ! -name 'v[0-9]*' -exec rm -rf {} +
    cp -R "$dist/." "$site/"
    # So that the host takes the files as they are.
    touch "$site/.nojekyll"
  fi
}

case $kind in
  tag) [[ $name =~ ^v[0-9][0-9A-Za-z.-]*$ ]] || { echo "A tag is to look like v1.2.3, not $name." >&2 && exit 1; } ;;
  branch) ;;
  *)
    echo "scripts/publish.sh DIST SITE branch|tag NAME" >&2
    exit 1
    ;;
esac

# Where somebody else has published meanwhile, once more on top of that.
for ((try = 1; ; try += 1)); do
  fetch_site
  put
  git -C "$site" add --all
  if git -C "$site" diff --cached --quiet; then
    echo "Nothing has changed."
    break
  fi
  git -C "$site" -c user.name=pages -c user.email=pages@users.noreply.example commit --quiet --message "Publish $name"
  git push --quiet origin "$branch" && break
  if [ "$try" -ge "$tries" ]; then
    echo "$branch could not be pushed, $tries times." >&2
    exit 1
  fi
  sleep 1
done
# What is left there are files, not a worktree.
git worktree remove --force "$site" 2>/dev/null || true
mkdir -p "$site"
git archive "$branch" | tar -x -C "$site"
