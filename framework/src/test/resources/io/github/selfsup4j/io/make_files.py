"""Makes the files of this folder, each as PyTorch or NumPy writes it (run with torch 1.13, numpy 1.24)."""
import collections
import sys

import numpy as np
import torch


def all_types():
    tensors = collections.OrderedDict()
    for name in ['float32', 'float64', 'float16', 'bfloat16', 'int8', 'int16', 'int32', 'int64', 'uint8']:
        tensors[name] = torch.tensor([0, 1, 2.5, 100], dtype=torch.float64).to(getattr(torch, name))
    tensors['bool'] = torch.tensor([True, False, True])
    return tensors


def views():
    base = torch.arange(24, dtype=torch.float32)
    return {
        'base': base,
        'tail': base[20:],
        'transposed': base.view(4, 6).t(),
        'column': base.view(4, 6)[:, 2],
        'step': base[1::5],
        'permuted': base.view(2, 3, 4).permute(2, 0, 1),
        'channels_last': torch.arange(48, dtype=torch.int16).view(1, 4, 3, 4).contiguous(memory_format=torch.channels_last),
        'expanded': torch.tensor([7, 8], dtype=torch.int32).view(2, 1).expand(2, 3),
        'scalar': torch.tensor(3.5, dtype=torch.float64),
        'empty': torch.zeros(0, 3),
        'empty_step': torch.zeros(4, 6)[:, :0].t(),
        'size_one': base[3:4].view(1, 1).expand(1, 1),
        'whole_storage': torch.tensor([1, 2, 3], dtype=torch.int16).storage(),
    }


def values():
    module = torch.nn.BatchNorm1d(2)
    optimizer = torch.optim.Adam(torch.nn.Linear(2, 1).parameters(), lr=1e-3)
    optimizer.state['unused'] = {}
    return {
        'state_dict': module.state_dict(),
        'parameter': torch.nn.Parameter(torch.tensor([1.0, 2.0])),
        'optimizer': {'state': {0: {'step': 3, 'exp_avg': torch.ones(2)}}, 'param_groups': [{'lr': 0.001, 'betas': (0.9, 0.999), 'params': [0]}]},
        'ints': [0, 255, 256, 65535, 65536, -1, 2**31 - 1, -2**31, 2**31, 2**63 - 1, -2**63],
        'floats': [0.1, float('inf'), -0.0],
        'texts': ['', 'Grüße', '世界 🌍', 'x' * 300],
        'bytes': b'\x00\x7f\x80\xff',
        'none': None, 'bools': [True, False],
        'tuples': [(), (1,), (1, 2), (1, 2, 3), (1, 2, 3, 4)],
        'size': torch.Size([2, 3]),
        'counter': collections.Counter({30: 1, 60: 2}),
        'default': collections.defaultdict(list, a=[1]),
        'set': {5},
        'dtype': torch.float16, 'device': torch.device('cpu'),
    }


def main(folder):
    for protocol in [2, 3, 4, 5]:
        torch.save(values(), f'{folder}/values_protocol{protocol}.pth', pickle_protocol=protocol)
    torch.save(all_types(), f'{folder}/types.pth')
    torch.save(views(), f'{folder}/views.pth')
    torch.save({'a': torch.ones(2)}, f'{folder}/legacy.pth', _use_new_zipfile_serialization=False)
    torch.save(all_types(), f'{folder}/legacy_types.pth', _use_new_zipfile_serialization=False)
    torch.save(views(), f'{folder}/legacy_views.pth', _use_new_zipfile_serialization=False)
    torch.save(torch.nn.Linear(1, 1), f'{folder}/module.pth')
    torch.save({'a': torch.zeros(2, dtype=torch.complex64)}, f'{folder}/complex.pth')
    np.savez(f'{folder}/stored.npz', **arrays())
    np.savez_compressed(f'{folder}/deflated.npz', **arrays())
    np.savez(f'{folder}/big_endian.npz', a=np.arange(3, dtype='>f4'))
    np.savez(f'{folder}/objects.npz', a=np.array([{}, 1], dtype=object))


def arrays():
    arrays = {str(np.dtype(t)): np.array([0, 1, 2, 100]).astype(t)
              for t in ['f2', 'f4', 'f8', 'i1', 'i2', 'i4', 'i8', 'u1', 'bool']}
    arrays['matrix'] = np.arange(6, dtype=np.float32).reshape(2, 3)
    arrays['fortran'] = np.asfortranarray(np.arange(24, dtype=np.int32).reshape(2, 3, 4))
    arrays['scalar'] = np.array(2.5)
    arrays['empty'] = np.zeros((0, 3), np.float32)
    arrays['draw.noise/1'] = np.ones((1,), np.float32)
    return arrays


if __name__ == '__main__':
    main(sys.argv[1])
