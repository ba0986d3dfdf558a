from primacy.framework.instance import Instance
from primacy.web.keys import secret_key


def test_the_key_is_made_once_and_only_its_owner_can_read_it(tmp_path):
    instance = Instance(tmp_path)
    first = secret_key(instance, {})
    assert secret_key(instance, {}) == first
    assert instance.keys.stat().st_mode & 0o777 == 0o600
    assert len(first) > 60


def test_a_key_kept_elsewhere_wins(tmp_path):
    kept = tmp_path / "elsewhere"
    kept.write_text("a key of the custodian\n")
    assert secret_key(Instance(tmp_path), {"PRIMACY_SECRET_KEY_FILE": str(kept)}) == "a key of the custodian"
    assert not Instance(tmp_path).keys.exists()


def test_without_an_instance_nothing_is_written(tmp_path):
    absent = Instance(tmp_path / "absent")
    assert secret_key(absent, {}) != secret_key(absent, {})
    assert not absent.folder.exists()
