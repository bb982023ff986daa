#!/usr/bin/env bash
# Puts a built page into what is published, and keeps that on the branch gh-pages (.github/workflows/pages.yml):
#   scripts/publish.sh DIST SITE branch|tag NAME
# A branch's build goes to the top, a tag's into a folder of its name. A folder that is there is never changed, so old embeds
# stay what they were.
set -euo pipefail

dist=$1 site=$2 kind=$3 name=$4
branch=gh-pages

git fetch --quiet origin "$branch" 2>/dev/null || true
rm -rf "$site"
git worktree prune
if git rev-parse --verify --quiet "origin/$branch" >/dev/null; then
  git worktree add --quiet --force -B "$branch" "$site" "origin/$branch"
else
  git worktree add --quiet --force --detach "$site"
  git -C "$site" checkout --quiet --orphan "$branch"
  git -C "$site" rm -rfq --ignore-unmatch .
fi

case $kind in
  tag)
    [[ $name =~ ^v[0-9][0-9A-Za-z.-]*$ ]] || { echo "A tag is to look like v1.2.3, not $name." >&2 && exit 1; }
    if [ -e "$site/$name" ]; then
      echo "$name is published already and stays as it is."
    else
      cp -R "$dist" "$site/$name"
    fi
    ;;
  branch)
    # All at the top but the versions and what git keeps.
    find "$site" -mindepth 1 -maxdepth 1 ! -name .git ! -name 'v[0-9]*' -exec rm -rf {} +
    cp -R "$dist/." "$site/"
    # So that the host takes the files as they are.
    touch "$site/.nojekyll"
    ;;
  *)
    echo "scripts/publish.sh DIST SITE branch|tag NAME" >&2
    exit 1
    ;;
esac

git -C "$site" add --all
if git -C "$site" diff --cached --quiet; then
  echo "Nothing has changed."
else
  git -C "$site" -c user.name=pages -c user.email=pages@users.noreply.example commit --quiet --message "Publish $name"
  git push --quiet origin "$branch"
fi
# What is uploaded are files, not a worktree.
git worktree remove --force "$site" 2>/dev/null || true
mkdir -p "$site"
git archive "$branch" | tar -x -C "$site"
